package dev.plait.perf.bench;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.frame.SignalRouter;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.wire.FrameConsumer;
import java.util.Map;
import java.util.Set;

/** What the decode task does with a record. Refuses to go on when anything is rejected: a benchmark of refusals would look fast. */
final class FrameSink {
    private final SignalRouter router;

    FrameSink(int partitions) {
        router = new SignalRouter(partitions);
    }

    /** Decodes one record and hands over its frames. @return how many items were in it */
    int frame(Decoder decoder, Source source, byte[] record, long arrivalMs, FrameConsumer out) {
        router.start(source, Map.of(), Set.of());
        decoder.decode(record, router).ifPresent(refused -> {
            throw new IllegalStateException("rejected: " + refused);
        });
        if (!router.rejected().isEmpty()) {
            throw new IllegalStateException("rejected: " + router.rejected().get(0));
        }
        router.drain(0, arrivalMs, arrivalMs, out, out);
        return router.items();
    }
}
