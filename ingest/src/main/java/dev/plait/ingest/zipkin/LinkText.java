package dev.plait.ingest.zipkin;

import dev.plait.ingest.span.SpanRecord;
import dev.plait.ingest.traceid.TraceIdText;
import dev.plait.schemas.model.TraceId;
import java.util.Optional;

/**
 * A link of an OTLP span as the collector writes it into a tag: trace ID, span ID, trace state, attributes as a JSON object and
 * how many were dropped, with {@code |} between. Source: collector contrib, pkg/translator/zipkin/zipkinv2/from_translator.go.
 */
final class LinkText {
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_END = TRACE_DIGITS + 1 + 16;

    private LinkText() {}

    /** Empty for any other text. */
    static Optional<SpanRecord.Link> of(String text) {
        int state = text.indexOf('|', SPAN_END + 1);
        int attributesEnd = text.lastIndexOf('|');
        if (attributesEnd <= state || state < 0 || text.charAt(TRACE_DIGITS) != '|' || text.charAt(SPAN_END) != '|') {
            return Optional.empty();
        }
        Optional<TraceId> trace = TraceIdText.hex(text.substring(0, TRACE_DIGITS));
        long span = TraceIdText.span(text.substring(TRACE_DIGITS + 1, SPAN_END));
        return trace.filter(unused -> span != 0)
                .flatMap(id -> AnnotationText.attributes(text.substring(state + 1, attributesEnd))
                        .map(attributes ->
                                new SpanRecord.Link(id, span, text.substring(SPAN_END + 1, state), attributes)));
    }
}
