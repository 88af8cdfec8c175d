package dev.plait.app.doctor;

/** How much a finding matters, worst first. */
public enum Severity {
    /** Something is lost or stands still. */
    PROBLEM,
    /** Answers are poorer than they could be. */
    WARNING,
    /** It works, and would be cheaper or clearer otherwise. */
    HINT;

    /** Of what is lost: a tenth is a problem, a hundredth a warning. */
    static Severity ofLoss(double share) {
        return share >= 0.1 ? PROBLEM : share >= 0.01 ? WARNING : HINT;
    }
}
