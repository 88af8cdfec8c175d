package dev.plait.sink.otlp;

import com.google.protobuf.ByteString;
import dev.plait.sink.delivery.RecordView;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A record of {@code plait-traces} as spans and logs, each under the resource of its service ({@code service.name} and the
 * trace's tags). What is known of the whole trace ({@link JoinAttributes}) rides on the span the request entered by; when that
 * one is not sent, on the first span that is, and without spans on the first log. No span is made up for a trace that has none.
 * Thread safe.
 */
final class TraceItems {
    private final Revisions revisions;
    private final boolean keptOnly;
    private final SentPieces sent;

    /** @param keptOnly sends only traces whose sampling decision is to keep them */
    TraceItems(Revisions revisions, boolean keptOnly, SentPieces sent) {
        this.revisions = revisions;
        this.keptOnly = keptOnly;
        this.sent = sent;
    }

    List<Item> of(RecordView trace) {
        ByteString traceId = Ids.trace(trace, "traceId");
        List<RecordView> spans = trace.records("spans");
        List<RecordView> logs = trace.records("logs");
        if (keptOnly && !trace.record("sampling").flag("keep")) {
            return List.of();
        }
        BitSet unsent = unsent(trace, spans, logs);
        List<Item> items = new ArrayList<>(unsent.cardinality());
        Map<String, Resource> resources = new HashMap<>();
        int carrier = carrier(trace, spans, unsent);
        for (int i = unsent.nextSetBit(0); i >= 0; i = unsent.nextSetBit(i + 1)) {
            if (i < spans.size()) {
                Span.Builder span = SpanMessage.of(traceId, spans.get(i));
                if (i == carrier) {
                    span.addAllAttributes(JoinAttributes.of(trace));
                    JoinAttributes.addMetrics(trace, span);
                }
                items.add(Item.of(resource(trace, spans.get(i), resources), scope(spans.get(i)), span.build()));
            } else {
                RecordView log = logs.get(i - spans.size());
                LogRecord.Builder message = LogMessage.of(traceId, log);
                if (i == carrier) {
                    message.addAllAttributes(JoinAttributes.of(trace));
                }
                items.add(Item.of(
                        resource(trace, log, resources), InstrumentationScope.getDefaultInstance(), message.build()));
            }
        }
        return items;
    }

    private BitSet unsent(RecordView trace, List<RecordView> spans, List<RecordView> logs) {
        BitSet unsent = new BitSet(spans.size() + logs.size());
        long revision = trace.number("revision");
        boolean again = revision > 1 && !trace.flag("delta");
        if (revisions == Revisions.FIRST && again) {
            return unsent;
        }
        if (revisions != Revisions.NEW) {
            unsent.set(0, spans.size() + logs.size());
            return unsent;
        }
        long[] pieces = new long[spans.size() + logs.size()];
        for (int i = 0; i < spans.size(); i++) {
            pieces[i] = hash(spans.get(i).text("spanId"), spans.get(i).text("kind"), 0);
        }
        for (int i = 0; i < logs.size(); i++) {
            RecordView log = logs.get(i);
            pieces[spans.size() + i] =
                    hash(log.text("body"), log.text("source") + log.map("attributes"), log.number("timeEpochNanos"));
        }
        return sent.unsent(trace.text("traceId"), (int) revision, pieces);
    }

    private static long hash(String first, String second, long time) {
        long hash = (time ^ first.hashCode()) * 0x9E3779B97F4A7C15L;
        return (hash ^ hash >>> 32 ^ second.hashCode()) * 0x9E3779B97F4A7C15L ^ first.length();
    }

    /** Which piece that is sent carries the join: an index into spans and, beyond them, logs; -1 when nothing is sent. */
    private static int carrier(RecordView trace, List<RecordView> spans, BitSet unsent) {
        Optional<String> root = trace.optionalRecord("root").map(found -> found.text("spanId"));
        Set<String> ids = new HashSet<>();
        spans.forEach(span -> ids.add(span.text("spanId")));
        for (int i = 0; i < spans.size(); i++) {
            RecordView span = spans.get(i);
            boolean entry = root.isPresent()
                    ? span.text("spanId").equals(root.get())
                    : span.optionalText("parentSpanId").filter(ids::contains).isEmpty();
            if (entry && unsent.get(i)) {
                return i;
            }
        }
        return unsent.nextSetBit(0);
    }

    private static Resource resource(RecordView trace, RecordView piece, Map<String, Resource> resources) {
        String service = piece.optionalText("service").orElse("");
        return resources.computeIfAbsent(service, name -> {
            KeyValues attributes = new KeyValues().putAll(trace.map("tags"));
            List<KeyValue> list = name.isEmpty()
                    ? attributes.list()
                    : attributes.put("service.name", name).list();
            return Resource.newBuilder().addAllAttributes(list).build();
        });
    }

    private static InstrumentationScope scope(RecordView span) {
        return span.optionalText("scope")
                .map(name -> InstrumentationScope.newBuilder().setName(name).build())
                .orElseGet(InstrumentationScope::getDefaultInstance);
    }
}
