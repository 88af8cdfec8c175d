package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedExemplar;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Total orders of a trace's pieces by what they say, so that the order of arrival shows nowhere. Only pieces that are equal
 * in every respect compare as 0.
 */
final class PieceOrder {
    static final Comparator<ReceivedLog> LOGS = Comparator.comparingLong(
                    (ReceivedLog log) -> Nanos.of(log.timeEpochNanos()))
            .thenComparing(log -> log.origin().source())
            .thenComparing(ReceivedLog::body)
            .thenComparing(ReceivedLog::severityNumber)
            .thenComparing(ReceivedLog::severity)
            .thenComparing(ReceivedLog::spanId, Long::compareUnsigned)
            .thenComparing(ReceivedLog::joinedBy)
            .thenComparing(ReceivedLog::accessLog)
            .thenComparing(ReceivedLog::error)
            .thenComparing(log -> log.attributes().toString())
            .thenComparing(log -> text(log.origin()));

    static final Comparator<ReceivedExemplar> EXEMPLARS = Comparator.comparingLong(
                    (ReceivedExemplar exemplar) -> Nanos.of(exemplar.timeEpochNanos()))
            .thenComparing(ReceivedExemplar::metric)
            .thenComparing(ReceivedExemplar::unit)
            .thenComparing(ReceivedExemplar::value)
            .thenComparing(ReceivedExemplar::spanId, Long::compareUnsigned)
            .thenComparing(exemplar -> exemplar.attributes().toString())
            .thenComparing(exemplar -> text(exemplar.origin()));

    /** One span of one kind: all its copies together, the copy to show first. */
    private static final Comparator<ReceivedSpan> COPIES = Comparator.comparing(
                    ReceivedSpan::spanId, Long::compareUnsigned)
            .thenComparing(ReceivedSpan::kind)
            .thenComparing(span -> !Nanos.known(span.endEpochNanos()))
            .thenComparing(PieceOrder::parts, Comparator.reverseOrder())
            .thenComparing(ReceivedSpan::startEpochNanos)
            .thenComparing(ReceivedSpan::endEpochNanos)
            .thenComparing(span -> text(span.origin()))
            .thenComparing(PieceOrder::text);

    /** By start (unknown last), then ID; a client before the server that shares its ID. */
    private static final Comparator<ReceivedSpan> SPANS = Comparator.comparingLong(
                    (ReceivedSpan span) -> Nanos.unknownLast(span.startEpochNanos()))
            .thenComparing(ReceivedSpan::spanId, Long::compareUnsigned)
            .thenComparing(span -> SpanParents.isServing(span.kind()))
            .thenComparing(ReceivedSpan::kind);

    private PieceOrder() {}

    /** One copy of each (span ID, kind), the ended and fuller one where they differ; by start, then ID. */
    static List<ReceivedSpan> distinct(List<ReceivedSpan> spans) {
        List<ReceivedSpan> copies = new ArrayList<>(spans);
        copies.sort(COPIES);
        List<ReceivedSpan> distinct = new ArrayList<>(copies.size());
        ReceivedSpan last = null;
        for (ReceivedSpan span : copies) {
            if (last == null || last.spanId() != span.spanId() || last.kind() != span.kind()) {
                distinct.add(span);
            }
            last = span;
        }
        distinct.sort(SPANS);
        return distinct;
    }

    static <T> List<T> sorted(List<T> pieces, Comparator<? super T> order) {
        List<T> sorted = new ArrayList<>(pieces);
        sorted.sort(order);
        return sorted;
    }

    private static int parts(ReceivedSpan span) {
        return span.attributes().size() + span.events().size() + span.links().size();
    }

    /** All of a span but its origin. Only read when two copies of one span are equally full. */
    private static String text(ReceivedSpan span) {
        return span.name()
                + span.parentSpanId()
                + span.status()
                + span.statusMessage()
                + span.error()
                + span.attributes()
                + span.events()
                + span.links();
    }

    /** Tags are an unordered map, whose text would differ between two runs: sorted first. */
    static String text(Origin origin) {
        return origin.source() + origin.scope() + origin.resource() + new TreeMap<>(origin.tags());
    }
}
