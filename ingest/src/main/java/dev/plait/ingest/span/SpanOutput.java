package dev.plait.ingest.span;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.Batch;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.otlp.WrittenSpans;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.AttributeNames;
import dev.plait.schemas.model.SpanKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes the spans of one record after the other: gives each its present names, writes it as OTLP and hands it over, or refuses
 * it. Equal resources and scopes are handed over once. Reused; not thread safe.
 */
public final class SpanOutput {
    private final WrittenSpans spans;
    private final SpanWriter writer = new SpanWriter();
    private final AttributeNames names = new AttributeNames();
    private final ResourceTags resourceTags = new ResourceTags();
    private final Batch batch = new Batch();
    /** By their bytes, as texts: equal hashes, which senders can make, then cost a search and not a walk. */
    private final Map<String, Integer> resources = new HashMap<>();

    private final Map<String, Integer> scopes = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private int accepted;
    private Optional<SignalSink> sink = Optional.empty();

    public SpanOutput(Redaction redaction) {
        spans = new WrittenSpans(redaction);
    }

    /** Begins a record. */
    public void begin(SignalSink to) {
        sink = Optional.of(to);
        spans.begin(to);
        batch.clear();
        resources.clear();
        scopes.clear();
        counts.clear();
        accepted = 0;
    }

    /** Counts a form that was accepted although it is not as the format has it, by a lower-case word. */
    public void normalised(String kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    /** The text, cut to {@code most} characters, which is counted. */
    public String cut(String text, int most) {
        String kept = SpanText.cut(text, most);
        if (kept.length() < text.length()) {
            normalised("truncated_text");
        }
        return kept;
    }

    /** Whether so many spans were refused, and none taken, that the caller need not read on. */
    public boolean isHopeless() {
        return batch.isHopeless();
    }

    /** Whether every span so far was refused, and there were some. */
    public boolean onlyRefused() {
        return accepted == 0 && batch.items() > 0;
    }

    /**
     * Takes the next span of the record.
     *
     * @param where completes the sentence of a problem, before the byte: {@code in the span at byte }
     */
    public void accept(SpanRecord span, String where, int atByte) {
        SignalSink to = sink.orElseThrow(() -> new IllegalStateException("a record was begun"));
        resourceTags.move(span);
        names.ofSpan(span.attributes, span.kind.orElse(SpanKind.INTERNAL));
        int resource = resource(span, to);
        int scope = scope(span, to);
        writer.write(span);
        Optional<Rejected> refused = spans.add(writer.bytes(), writer.size(), resource, scope, span.shared);
        if (refused.isPresent()) {
            refuse(new Problem(refused.get().reason(), refused.get().detail()), where, atByte);
        } else {
            batch.accept();
            accepted++;
        }
    }

    public void refuse(Problem problem, String where, int atByte) {
        batch.refuse(problem, where, atByte, sink.orElseThrow(() -> new IllegalStateException("a record was begun")));
    }

    /** Refuses as one item what is left of the record, as {@link Batch#refuseRest(String, int, SignalSink)} does. */
    public void refuseRest(String limit, int atByte) {
        batch.refuseRest(limit, atByte, sink.orElseThrow(() -> new IllegalStateException("a record was begun")));
    }

    /** Ends a record whose bytes were read to the end; why it is refused as a whole. */
    public Optional<Rejected> end() {
        Optional<Rejected> refused = batch.verdict();
        if (refused.isEmpty()) {
            spans.finish();
            sink.ifPresent(to -> counts.forEach(to::normalised));
        }
        return refused;
    }

    private int resource(SpanRecord span, SignalSink to) {
        if (span.resource.isEmpty()) {
            return SignalSink.NONE;
        }
        byte[] bytes = writer.resource(span.resource);
        return resources.computeIfAbsent(new String(bytes, StandardCharsets.ISO_8859_1), absent -> {
            byte[] covered = spans.coveredResource(bytes);
            return to.resource(covered, 0, covered.length);
        });
    }

    private int scope(SpanRecord span, SignalSink to) {
        if (span.scope.isEmpty()) {
            return SignalSink.NONE;
        }
        byte[] bytes = writer.scope(span.scope);
        return scopes.computeIfAbsent(
                new String(bytes, StandardCharsets.ISO_8859_1), absent -> to.scope(bytes, 0, bytes.length));
    }
}
