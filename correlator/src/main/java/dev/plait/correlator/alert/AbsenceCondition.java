package dev.plait.correlator.alert;

import java.util.List;

/** Nothing was counted for some time of the clock. Requests that come late are something, whatever time they tell. */
record AbsenceCondition(long longestMs) implements Condition {
    @Override
    public Standing at(Readings now) {
        boolean absent = longestMs > 0 && now.clockMs() - now.quietSinceMs() >= longestMs;
        return new Standing(absent, absent, List.of(), 0, 0);
    }
}
