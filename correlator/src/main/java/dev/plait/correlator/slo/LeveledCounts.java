package dev.plait.correlator.slo;

import dev.plait.correlator.DurableBytes;

/**
 * Counts of one SLO key at three levels, all durable. A request is written to the tens only; a minute is added up and written
 * once it is over, an hour likewise ({@link #fold}). A late request whose minute or hour was already written goes to these
 * too. So a request mostly costs one small page, and each level alone is complete up to where it is folded.
 *
 * <p>A request timed in the future of the clock lies in the tens until the clock reaches its ten seconds: only then do windows
 * see it, and only then is it folded.
 */
final class LeveledCounts {
    private static final int TENS_A_MINUTE = 6;
    private static final int MINUTES_AN_HOUR = 60;

    private final LevelPages tens;
    private final LevelPages minutes;
    private final LevelPages hours;
    private long foldedMinutes;
    private long foldedHours;

    /** Goes on with what {@code pages} hold; {@link #foldedTo} must follow before anything else. */
    LeveledCounts(DurableBytes pages) {
        tens = new LevelPages(Level.TENS, pages);
        minutes = new LevelPages(Level.MINUTES, pages);
        hours = new LevelPages(Level.HOURS, pages);
    }

    /** The first minute and hour that are not yet written: durable with the state of the tracker. */
    void foldedTo(long minute, long hour) {
        foldedMinutes = minute;
        foldedHours = hour;
    }

    long foldedMinutes() {
        return foldedMinutes;
    }

    long foldedHours() {
        return foldedHours;
    }

    void add(long ten, long good, long bad) {
        tens.add(ten, good, bad);
        long minute = Math.floorDiv(ten, TENS_A_MINUTE);
        if (minute < foldedMinutes) {
            minutes.add(minute, good, bad);
        }
        long hour = Math.floorDiv(minute, MINUTES_AN_HOUR);
        if (hour < foldedHours) {
            hours.add(hour, good, bad);
        }
    }

    /** Writes the minutes and hours that are over. */
    void fold(long clockMs) {
        long minuteNow = Level.MINUTES.bucket(clockMs);
        if (minuteNow > foldedMinutes) {
            foldMinutes(minuteNow);
            long hourNow = Level.HOURS.bucket(clockMs);
            if (hourNow > foldedHours) {
                foldHours(hourNow);
            }
        }
    }

    /** Deletes what no window of its level and none up to {@code longestMs} reaches any more. */
    void expire(long clockMs, long longestMs) {
        tens.expire(Level.TENS.bucket(clockMs - Level.TENS.reachMs));
        minutes.expire(Level.MINUTES.bucket(clockMs - Level.MINUTES.reachMs));
        hours.expire(Level.HOURS.bucket(clockMs - longestMs));
    }

    /** Adds up tens {@code [from, to)}. */
    void sumTens(long from, long to, Sum into) {
        tens.sum(from, to, into);
    }

    /** Adds up all from a bucket of a level on, up to the ten seconds {@code headTen} and with them. */
    void sumFrom(Level level, long bucket, long headTen, Sum into) {
        long ten = bucket;
        if (level != Level.TENS) {
            long minute = bucket;
            if (level == Level.HOURS) {
                hours.sum(bucket, foldedHours, into);
                minute = Math.max(bucket, foldedHours) * MINUTES_AN_HOUR;
            }
            minutes.sum(minute, foldedMinutes, into);
            ten = Math.max(minute, foldedMinutes) * TENS_A_MINUTE;
        }
        tens.sum(ten, headTen + 1, into);
    }

    /** Adds up buckets {@code [from, to)} of a level; they must be folded. */
    void sumFolded(Level level, long from, long to, Sum into) {
        switch (level) {
            case TENS -> tens.sum(from, to, into);
            case MINUTES -> minutes.sum(from, to, into);
            case HOURS -> hours.sum(from, to, into);
        }
    }

    private void foldMinutes(long minuteNow) {
        long first = Math.max(foldedMinutes, Math.floorDiv(tens.firstBucket(), TENS_A_MINUTE));
        long end = Math.min(minuteNow, Math.floorDiv(tens.endBucket(), TENS_A_MINUTE));
        for (long minute = first; minute < end; minute++) {
            Sum sum = new Sum();
            tens.sum(minute * TENS_A_MINUTE, (minute + 1) * TENS_A_MINUTE, sum);
            if (!sum.isZero()) {
                minutes.add(minute, sum.good, sum.bad);
            }
        }
        foldedMinutes = minuteNow;
    }

    private void foldHours(long hourNow) {
        long first = Math.max(foldedHours, Math.floorDiv(minutes.firstBucket(), MINUTES_AN_HOUR));
        long end = Math.min(hourNow, Math.floorDiv(minutes.endBucket(), MINUTES_AN_HOUR));
        for (long hour = first; hour < end; hour++) {
            Sum sum = new Sum();
            minutes.sum(hour * MINUTES_AN_HOUR, (hour + 1) * MINUTES_AN_HOUR, sum);
            if (!sum.isZero()) {
                hours.add(hour, sum.good, sum.bad);
            }
        }
        foldedHours = hourNow;
    }
}
