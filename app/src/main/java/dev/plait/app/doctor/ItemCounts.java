package dev.plait.app.doctor;

/** What was counted of the items of one sender, or of one topic. Plain fields: this is added to for every item. */
final class ItemCounts {
    long spans;
    long logs;
    long accessLogs;
    long points;
    /** Logs, access logs among them, without a trace ID. */
    long logsWithoutTrace;

    long accessLogsWithoutTrace;
    /** Of these, with a request ID by which they can be joined. */
    long accessLogsByRequest;

    long narrowIds;
    long ahead;
    long behind;
    long maxAheadMs;
    long maxBehindMs;

    long items() {
        return spans + logs + points;
    }

    long timed() {
        return spans + logs;
    }

    void add(ItemCounts more) {
        spans += more.spans;
        logs += more.logs;
        accessLogs += more.accessLogs;
        points += more.points;
        logsWithoutTrace += more.logsWithoutTrace;
        accessLogsWithoutTrace += more.accessLogsWithoutTrace;
        accessLogsByRequest += more.accessLogsByRequest;
        narrowIds += more.narrowIds;
        ahead += more.ahead;
        behind += more.behind;
        maxAheadMs = Math.max(maxAheadMs, more.maxAheadMs);
        maxBehindMs = Math.max(maxBehindMs, more.maxBehindMs);
    }
}
