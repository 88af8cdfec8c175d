package dev.plait.ingest.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.Decoder;
import dev.plait.schemas.model.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one record became for each hop, as receivers write it. */
record Framed(List<Placed> frames, List<Placed> requests) {
    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    record Placed(int partition, byte[] bytes) {}

    static Framed of(Decoder decoder, byte[] record, int partitions) {
        SignalRouter router = new SignalRouter(partitions);
        router.start(Source.OTLP, Map.of("region", "eu"), Set.of());
        assertThat(decoder.decode(record, router)).isEmpty();
        Framed framed = new Framed(new ArrayList<>(), new ArrayList<>());
        router.drain(
                0,
                0,
                0,
                (partition, bytes) -> framed.frames.add(new Placed(partition, bytes)),
                (partition, bytes) -> framed.requests.add(new Placed(partition, bytes)));
        return framed;
    }
}
