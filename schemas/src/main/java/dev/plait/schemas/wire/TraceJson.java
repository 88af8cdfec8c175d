package dev.plait.schemas.wire;

import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.SamplingDecision;

/**
 * JSON of the records that tell of traces, as bytes of UTF-8 in the order of fields of their records. An absent optional is
 * null, a 64-bit integer a number, NaN and the infinities text, half a surrogate pair (text that was cut) an escape, which
 * keeps the record legal JSON. Written as a stream, without reflection; linear in the size of the record; thread safe.
 */
public final class TraceJson {
    private TraceJson() {}

    /** The value of {@code plait-traces}. */
    public static byte[] write(CorrelatedTrace trace) {
        return JsonBytes.of(json -> TraceFields.write(json, trace));
    }

    /** The value of {@code plait-decisions}. */
    public static byte[] write(SamplingDecision decision) {
        return JsonBytes.of(json -> {
            json.writeStartObject();
            json.writeStringField("traceId", decision.traceId());
            json.writeBooleanField("keep", decision.keep());
            json.writeStringField("reason", decision.reason());
            json.writeNumberField("probability", decision.probability());
            json.writeNumberField("decidedAtMs", decision.decidedAtMs());
            json.writeEndObject();
        });
    }
}
