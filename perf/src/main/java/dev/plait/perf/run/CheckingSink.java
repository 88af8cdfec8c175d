package dev.plait.perf.run;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import java.util.Optional;

/** What a receiver looks at of a request that it writes as it came: whether something is refused. */
final class CheckingSink implements SignalSink {
    /** @throws IllegalStateException when the load is not what it should be */
    void require(Optional<Rejected> nothing) {
        nothing.ifPresent(this::reject);
    }

    @Override
    public void reject(Rejected item) {
        throw new IllegalStateException("the load has a bad record: " + item);
    }
}
