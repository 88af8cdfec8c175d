package dev.plait.ingest.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.RequestKey;
import dev.plait.ingest.SignalSink;
import dev.plait.schemas.model.Hex;
import dev.plait.schemas.model.ItemFlags;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A sink that keeps what a log decoder hands over, read back by the official protobuf classes. */
public final class RecordedLogs implements SignalSink {
    /** One item: {@code trace} is 32 hex digits or empty, {@code span} 16, {@code requestKey} empty when none was given. */
    public record Log(
            String trace,
            String span,
            int flags,
            long hash,
            Optional<RequestKey> requestKey,
            Map<String, String> resource,
            LogRecord record,
            Map<String, String> attributes) {
        public boolean isError() {
            return ItemFlags.has(flags, ItemFlags.ERROR);
        }

        /** The attribute as text: numbers in decimal. */
        public String get(String key) {
            return attributes.getOrDefault(key, "");
        }
    }

    public final List<Log> logs = new ArrayList<>();
    public final List<Rejected> rejected = new ArrayList<>();
    public final Map<String, Integer> normalised = new TreeMap<>();
    public Optional<Rejected> verdict = Optional.empty();
    private final List<Map<String, String>> resources = new ArrayList<>();
    private Optional<RequestKey> nextKey = Optional.empty();

    public static RecordedLogs of(Decoder decoder, String value) {
        return of(decoder, value.getBytes(UTF_8));
    }

    public static RecordedLogs of(Decoder decoder, byte[] value) {
        RecordedLogs sink = new RecordedLogs();
        sink.verdict = decoder.decode(value, sink);
        return sink;
    }

    /** The only log of a record that is good in full. */
    public Log only() {
        if (verdict.isPresent() || logs.size() != 1 || !rejected.isEmpty()) {
            throw new AssertionError("one log expected: " + verdict + " " + logs.size() + " logs " + rejected);
        }
        return logs.get(0);
    }

    /** How many resources were given. */
    public int resources() {
        return resources.size();
    }

    /** Why the whole record was refused, or "". */
    public String refusal() {
        return verdict.map(r -> r.reason().name()).orElse("");
    }

    @Override
    public int resource(byte[] bytes, int offset, int length) {
        try {
            resources.add(attributes(
                    Resource.parser().parseFrom(bytes, offset, length).getAttributesList()));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return resources.size() - 1;
    }

    @Override
    public void requestId(long high, long low) {
        nextKey = Optional.of(new RequestKey(high, low));
    }

    @Override
    public void item(
            long traceHigh,
            long traceLow,
            long spanId,
            long parentOrHash,
            int flags,
            int resource,
            int scope,
            byte[] bytes,
            int offset,
            int length) {
        try {
            LogRecord record = LogRecord.parser().parseFrom(bytes, offset, length);
            String trace = traceLow == 0 ? "" : Hex.of(traceHigh, traceLow);
            String span = spanId == 0 ? "" : Hex.of(spanId);
            if (!span.equals(hex(record.getSpanId().toByteArray()))
                    || !trace.equals(hex(record.getTraceId().toByteArray()))) {
                throw new AssertionError("index and slice disagree: " + trace);
            }
            Map<String, String> of = resource == NONE ? Map.of() : resources.get(resource);
            logs.add(new Log(
                    trace, span, flags, parentOrHash, nextKey, of, record, attributes(record.getAttributesList())));
            nextKey = Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void reject(Rejected item) {
        rejected.add(item);
    }

    @Override
    public void normalised(String kind, int count) {
        normalised.merge(kind, count, Integer::sum);
    }

    @Override
    public void points(int count) {
        throw new AssertionError("logs have no points");
    }

    private static Map<String, String> attributes(List<KeyValue> list) {
        Map<String, String> attributes = new TreeMap<>();
        for (KeyValue pair : list) {
            if (attributes.put(pair.getKey(), text(pair.getValue())) != null) {
                throw new AssertionError("attribute twice: " + pair.getKey());
            }
        }
        return attributes;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            default -> throw new AssertionError("unexpected " + value);
        };
    }

    private static String hex(byte[] id) {
        StringBuilder text = new StringBuilder();
        for (byte b : id) {
            text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return text.toString();
    }
}
