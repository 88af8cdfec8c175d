package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.JsonFields.list;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plait.schemas.model.Latency;
import java.io.IOException;

/** The JSON fields of a {@link Latency}. */
final class LatencyFields {
    private LatencyFields() {}

    static void write(JsonGenerator json, String name, Latency latency) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("count", latency.count());
        json.writeNumberField("sumNanos", latency.sumNanos());
        json.writeNumberField("minNanos", latency.minNanos());
        json.writeNumberField("maxNanos", latency.maxNanos());
        json.writeNumberField("p50Nanos", latency.p50Nanos());
        json.writeNumberField("p90Nanos", latency.p90Nanos());
        json.writeNumberField("p95Nanos", latency.p95Nanos());
        json.writeNumberField("p99Nanos", latency.p99Nanos());
        json.writeNumberField("scale", latency.scale());
        json.writeNumberField("zeroCount", latency.zeroCount());
        json.writeNumberField("offset", latency.offset());
        list(json, "bucketCounts", latency.bucketCounts(), JsonGenerator::writeNumber);
        json.writeEndObject();
    }
}
