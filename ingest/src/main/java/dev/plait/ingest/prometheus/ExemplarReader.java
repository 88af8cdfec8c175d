package dev.plait.ingest.prometheus;

import dev.plait.ingest.prometheus.SeriesReader.BadSeries;
import dev.plait.ingest.traceid.TraceIdText;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.TraceId;
import dev.plait.schemas.wire.ProtoReader;
import dev.plait.schemas.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Rewrites an exemplar as OTLP's: the labels {@code trace_id} and {@code span_id} become its IDs when they are some, all others
 * its attributes. Other spellings of the two, which client libraries have used, are read too. Source: OpenTelemetry "Prometheus
 * and OpenMetrics compatibility", "Exemplars".
 */
final class ExemplarReader {
    private static final int VALUE = 2;
    private static final int TIMESTAMP = 3;
    private static final int OTLP_TIME = 2;
    private static final int OTLP_DOUBLE = 3;
    private static final int OTLP_SPAN_ID = 4;
    private static final int OTLP_TRACE_ID = 5;
    private static final int OTLP_ATTRIBUTES = 7;

    private final byte[] body;
    private final SeriesReader reader;
    private final Series labels;
    private final ProtoReader in = new ProtoReader();

    ExemplarReader(byte[] body, SeriesReader reader) {
        this.body = body;
        this.reader = reader;
        this.labels = new Series(body);
    }

    /** Writes the exemplar at {@code [offset, offset + length)} as field {@code field} of a point. */
    void rewrite(int offset, int length, int field, ProtoWriter out) throws BadSeries {
        labels.clear();
        double value = 0;
        long timestampMs = 0;
        in.reset(body, offset, length);
        while (in.hasNext()) {
            int tag = in.tag();
            switch (ProtoReader.field(tag)) {
                case 1 -> reader.labels(in, tag, labels);
                case VALUE -> {
                    in.expect(tag, ProtoReader.FIXED64);
                    value = Double.longBitsToDouble(in.fixed64());
                }
                case TIMESTAMP -> {
                    in.expect(tag, ProtoReader.VARINT);
                    timestampMs = in.varint();
                }
                default -> in.skip(tag);
            }
        }
        int exemplar = out.begin(field);
        out.fixed64(OTLP_TIME, PointTime.nanosOrZero(timestampMs));
        out.doubleValue(OTLP_DOUBLE, value);
        for (int i = 0; i < labels.labels(); i++) {
            write(i, out);
        }
        out.end(exemplar);
    }

    private void write(int label, ProtoWriter out) {
        String text = text(labels.values().offset(label), labels.values().length(label));
        switch (text(labels.names().offset(label), labels.names().length(label))) {
            case "trace_id", "traceID", "traceId", "TraceID" -> {
                Optional<TraceId> id = TraceIdText.hex(text);
                if (id.isPresent()) {
                    out.id(OTLP_TRACE_ID, id.get().high(), id.get().low());
                    return;
                }
            }
            case "span_id", "spanID", "spanId", "SpanID" -> {
                if (text.length() == 16 && Hex.isHex(text, 0, 16)) {
                    out.id(OTLP_SPAN_ID, Hex.parse(text, 0, 16));
                    return;
                }
            }
            default -> {}
        }
        MetricsRequest.attribute(
                out,
                OTLP_ATTRIBUTES,
                body,
                labels.names().offset(label),
                labels.names().length(label),
                body,
                labels.values().offset(label),
                labels.values().length(label));
    }

    private String text(int offset, int length) {
        return length > 128 ? "" : new String(body, offset, length, StandardCharsets.UTF_8);
    }
}
