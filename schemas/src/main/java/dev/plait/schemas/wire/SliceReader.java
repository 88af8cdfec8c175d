package dev.plait.schemas.wire;

import dev.plait.schemas.model.AttributeNames;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedPoint;
import dev.plait.schemas.model.ReceivedSpan;

/**
 * Decodes the items of frames in full, once, when their trace closes. What the frame's index says (span ID, parent, kind,
 * error, access log, how it was joined) is taken from there, the rest from the OTLP slice.
 *
 * <p>Decoders have checked the slices and {@link FrameSet} may have cut them, so nothing is refused here: bytes that are not
 * UTF-8 become U+FFFD, fields of another type are skipped, a slice that breaks off gives what came before, dropped bytes give
 * an item of its index alone. Attributes of spans, their events, logs and resources get their present names and types, see
 * {@link AttributeNames}; those of metrics are their identity and stay as they are. Items of one frame that share resource and scope share their {@link Origin}. Linear in the
 * size of the item; not thread safe. Source: opentelemetry/proto/{trace,logs,metrics}/v1.
 */
public final class SliceReader {
    private final TextCache texts = new TextCache();
    private final ValueReader values = new ValueReader(texts);
    private final AttributeNames names = new AttributeNames();
    private final SpanSlice spans = new SpanSlice(texts, values, names);
    private final LogSlice logs = new LogSlice(texts, values, names);
    private final ExemplarSlice exemplars = new ExemplarSlice(texts, values);
    private final PointSlice points = new PointSlice(texts, values);
    private final OriginSlices origins = new OriginSlices(texts, values, names);

    /** Item {@code item} of {@code frame}, which is a span. */
    public ReceivedSpan span(Frame frame, int item) {
        return spans.read(frame, item, origin(frame, item));
    }

    /** Item {@code item} of {@code frame}, which is a log. One without a time has the frame's arrival. */
    public ReceivedLog log(Frame frame, int item) {
        return logs.read(frame, item, origin(frame, item));
    }

    /** Item {@code item} of {@code frame}, which is an exemplar. Attributes: those of the point, then the exemplar's own. */
    public ReceivedExemplar exemplar(Frame frame, int item) {
        return exemplars.read(frame, item, origin(frame, item));
    }

    /** Item {@code item} of {@code frame}, which is a metric point. One without a time has the time 0. */
    public ReceivedPoint point(Frame frame, int item) {
        return points.read(frame, item, origin(frame, item));
    }

    private Origin origin(Frame frame, int item) {
        Origin cached = frame.cachedOrigin(item);
        if (cached == null) {
            cached = origins.read(frame, item);
            frame.cacheOrigin(item, cached);
        }
        return cached;
    }
}
