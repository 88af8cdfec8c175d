package dev.plait.correlator.metric;

/** Why a point counts nothing. */
public enum Ignored {
    /** A gauge: it measures, it does not count. */
    GAUGE,
    /** A sum that may fall: what it lost and gained in between is not known. */
    NOT_MONOTONIC,
    /** A sum or histogram that does not say whether it counts from its start or from its last point. */
    NO_TEMPORALITY,
    /** A point without a time, or with one beyond the year 2262. */
    NO_TIME,
    /** Timed more than an hour after it arrived. */
    FUTURE,
    /** A delta that was older than a stream's memory when it arrived: a copy of it might have been counted. */
    TOO_OLD,
    /** Not a number, infinite, negative, beyond 2^63, or a histogram that contradicts itself. */
    BAD_VALUE,
    /** A histogram of more buckets than a state is kept for. */
    TOO_MANY_BUCKETS,
    /** A stream for which there was no room. */
    TOO_MANY_STREAMS,
    /** A point with the time of one that was counted: a copy. */
    REPEATED,
    /** An older point than those counted. A cumulative one is contained in them; of deltas, see {@link StreamState}. */
    OUT_OF_ORDER,
    /** Of a process that has ended, or a second process that writes under the same name. */
    OLD_START,
    /** More requests in one point than can be meant; the stream goes on from it. */
    ABSURD_DELTA
}
