package dev.plait.correlator.slo;

import dev.plait.schemas.model.Alert;
import java.util.List;

/**
 * Requests of one SLO key that ended within the same ten seconds.
 *
 * @param bucketMs when they ended: a multiple of 10 000, milliseconds since the epoch
 * @param contributions the bad ones by value of each dimension
 * @param logs of bad requests, a few
 */
public record SloCount(long bucketMs, long good, long bad, List<Contribution> contributions, List<Alert.LogLine> logs) {
    /** The width of a bucket, milliseconds. */
    public static final long BUCKET_MS = 10_000;

    public SloCount {
        contributions = List.copyOf(contributions);
        logs = List.copyOf(logs);
        if (good < 0 || bad < 0 || Math.floorMod(bucketMs, BUCKET_MS) != 0) {
            throw new IllegalArgumentException("bucket " + bucketMs + ": good " + good + ", bad " + bad);
        }
    }

    /** Bad requests that have a value in a dimension ({@code service}, {@code route}, {@code status}, a tag). */
    public record Contribution(String dimension, String value, long bad) {}
}
