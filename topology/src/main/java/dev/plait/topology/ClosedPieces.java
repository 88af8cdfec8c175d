package dev.plait.topology;

import dev.plait.correlator.red.RequestReader;
import dev.plait.correlator.trace.Closing;
import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.CountedRequest;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.TraceSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pieces of a closing as they are read: which of them were there at the revision before. A span is told by ID and kind, an
 * access log by its start and the proxy that wrote it.
 */
final class ClosedPieces {
    private final Closing closing;
    private final List<ReceivedSpan> spans = new ArrayList<>();
    private final List<ReceivedLog> accessLogs = new ArrayList<>();
    private final Set<Span> oldSpans = new HashSet<>();
    private final Set<Long> oldLogs = new HashSet<>();

    ClosedPieces(Closing closing) {
        this.closing = closing;
    }

    private record Span(long id, SpanKind kind) {}

    Closing closing() {
        return closing;
    }

    ReceivedSpan add(int piece, ReceivedSpan span) {
        if (closing.isNew(piece)) {
            spans.add(span);
        } else {
            oldSpans.add(new Span(span.spanId(), span.kind()));
        }
        return span;
    }

    ReceivedLog add(int piece, ReceivedLog log) {
        if (!log.accessLog()) {
            return log;
        }
        if (closing.isNew(piece)) {
            accessLogs.add(log);
        } else {
            oldLogs.add(log.timeEpochNanos());
        }
        return log;
    }

    boolean isNew(TraceSpan span) {
        return oldSpans.isEmpty() || !oldSpans.contains(new Span(Hex.parse(span.spanId(), 0, 16), span.kind()));
    }

    boolean isNew(AccessLog log) {
        return !oldLogs.contains(log.startEpochNanos());
    }

    /** What of the new pieces are requests. */
    List<CountedRequest> requests(RequestReader reader) {
        long high = closing.traceId().high();
        long low = closing.traceId().low();
        List<CountedRequest> requests = new ArrayList<>();
        for (ReceivedSpan span : spans) {
            if (span.kind() == SpanKind.SERVER || span.kind() == SpanKind.CONSUMER) {
                reader.read(span, high, low).ifPresent(requests::add);
            }
        }
        for (ReceivedLog log : accessLogs) {
            Optional<CountedRequest> request = reader.read(log, high, low);
            request.ifPresent(requests::add);
        }
        return requests;
    }
}
