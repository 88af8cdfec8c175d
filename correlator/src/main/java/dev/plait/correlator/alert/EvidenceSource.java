package dev.plait.correlator.alert;

import dev.plait.schemas.model.Alert;

/** What is known of the bad requests of one SLO key. */
public interface EvidenceSource {
    /** Of the last {@code spanMs} of the clock, up to an hour. Costs a read of every minute of it. */
    Found within(long spanMs, long clockMs);

    /** Grows when something was found that was not known before, so that nobody has to look again for nothing. */
    long news();

    /**
     * What was found.
     *
     * @param partial there were more distinct values than are kept, so that counts and shares are lower bounds
     */
    record Found(Alert.Evidence evidence, boolean partial) {}
}
