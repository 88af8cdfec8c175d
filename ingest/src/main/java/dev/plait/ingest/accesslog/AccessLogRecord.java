package dev.plait.ingest.accesslog;

import dev.plait.ingest.RequestKey;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.redact.Masks;
import dev.plait.ingest.redact.Redaction;
import dev.plait.ingest.redact.Redactor;
import dev.plait.ingest.redact.Treatment;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One access log between being read and being handed over: a slot for each {@link AccessAttribute}, filled in any order, and
 * written as one OTLP {@code LogRecord} in the order of the enum. So the same log gives the same bytes whatever the order of
 * its JSON members was.
 *
 * <p>Reused from log to log after {@link #clear}: texts are copied into one array and never become strings. Not thread safe.
 * A text above {@value #MAX_TEXT} bytes is cut, and counted as {@code truncated_text}. An empty text is an absent one.
 */
public final class AccessLogRecord {
    /** Longest attribute, in bytes: room for any URL that servers take by default. */
    public static final int MAX_TEXT = 4096;

    static final byte ABSENT = 0;
    static final byte TEXT = 1;
    static final byte INTEGER = 2;
    static final byte DECIMAL = 3;

    private static final String TRUNCATED = "truncated_text";
    private static final byte[] MAPPED = "::ffff:".getBytes(StandardCharsets.US_ASCII);

    final byte[] kinds = new byte[AccessAttribute.COUNT];
    final int[] starts = new int[AccessAttribute.COUNT];
    final int[] lengths = new int[AccessAttribute.COUNT];
    final long[] numbers = new long[AccessAttribute.COUNT];
    /** Attributes outside the enum, in the order of their keys: texts, Longs, Doubles and Booleans. */
    final SortedMap<String, Object> others = new TreeMap<>();

    byte[] text = new byte[4096];
    long timeNanos;
    long traceHigh;
    long traceLow;
    long spanId;

    private final AccessLogWriter writer = new AccessLogWriter();
    private final Redactor redactor;
    private final Treatment[] treatments;
    private final Masks cover = this::cover;
    private int textSize;
    private boolean error;
    private final Map<String, Integer> normalised = new HashMap<>();
    private int secrets;

    public AccessLogRecord(Redaction redaction) {
        redactor = new Redactor(redaction);
        treatments = AccessAttribute.ALL.stream()
                .map(attribute -> attribute.treatment(redactor))
                .toArray(Treatment[]::new);
    }

    public void clear() {
        Arrays.fill(kinds, ABSENT);
        others.clear();
        textSize = 0;
        timeNanos = 0;
        traceHigh = 0;
        traceLow = 0;
        spanId = 0;
        error = false;
        normalised.clear();
        secrets = 0;
    }

    public boolean has(AccessAttribute attribute) {
        return kinds[attribute.slot()] != ABSENT;
    }

    /** The text of an attribute that {@link #has} one. */
    public String string(AccessAttribute attribute) {
        int at = attribute.slot();
        return new String(text, starts[at], lengths[at], StandardCharsets.UTF_8);
    }

    /** Whether the attribute's text is these bytes. */
    public boolean isText(AccessAttribute attribute, byte[] bytes) {
        int at = attribute.slot();
        return Arrays.equals(text, starts[at], starts[at] + lengths[at], bytes, 0, bytes.length);
    }

    /** The bytes of the text of an attribute that {@link #has} one. */
    public byte[] bytes(AccessAttribute attribute) {
        int at = attribute.slot();
        return Arrays.copyOfRange(text, starts[at], starts[at] + lengths[at]);
    }

    /** The value of an integer attribute, 0 without one. */
    public long number(AccessAttribute attribute) {
        return kinds[attribute.slot()] == INTEGER ? numbers[attribute.slot()] : 0;
    }

    public void text(AccessAttribute attribute, byte[] bytes, int from, int length) {
        if (length == 0) {
            return;
        }
        int kept = Utf8.cut(bytes, from, length, MAX_TEXT);
        if (kept < length) {
            normalised(TRUNCATED);
        }
        if (text.length - textSize < kept) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, textSize + kept));
        }
        System.arraycopy(bytes, from, text, textSize, kept);
        int at = attribute.slot();
        kinds[at] = TEXT;
        starts[at] = textSize;
        lengths[at] = kept;
        textSize += kept;
    }

    public void text(AccessAttribute attribute, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        text(attribute, utf8, 0, utf8.length);
    }

    /** Another value of a list that is kept as one text, with a comma between. */
    public void append(AccessAttribute attribute, byte[] bytes, int from, int length) {
        if (!has(attribute)) {
            text(attribute, bytes, from, length);
            return;
        }
        if (lengths[attribute.slot()] > MAX_TEXT / 2) {
            normalised(TRUNCATED);
            return;
        }
        String joined = string(attribute) + ", " + new String(bytes, from, length, StandardCharsets.UTF_8);
        text(attribute, joined);
    }

    /** A path with its query: each to its attribute. */
    public void target(byte[] bytes, int from, int length) {
        int question = HostText.indexOf(bytes, (byte) '?', from, from + length);
        if (question < 0) {
            text(AccessAttribute.PATH, bytes, from, length);
            return;
        }
        text(AccessAttribute.PATH, bytes, from, question - from);
        text(AccessAttribute.QUERY, bytes, question + 1, from + length - question - 1);
    }

    /** The host of {@code host:port}. */
    public void host(AccessAttribute attribute, byte[] bytes, int from, int length) {
        int start = HostText.from(bytes, from, from + length);
        text(attribute, bytes, start, HostText.to(bytes, from, from + length) - start);
    }

    /**
     * An IP address; an IPv4 address mapped into IPv6 is unwrapped.
     *
     * @return false, and nothing is set, when it is not an address
     */
    public boolean address(AccessAttribute attribute, byte[] bytes, int from, int length) {
        if (!HostText.isAddress(bytes, from, from + length)) {
            return false;
        }
        int end = Math.min(from + MAPPED.length, from + length);
        boolean mapped = length > MAPPED.length
                && Arrays.equals(bytes, from, end, MAPPED, 0, MAPPED.length)
                && HostText.indexOf(bytes, (byte) '.', from, from + length) > 0;
        int skipped = mapped ? MAPPED.length : 0;
        text(attribute, bytes, from + skipped, length - skipped);
        return true;
    }

    public void integer(AccessAttribute attribute, long value) {
        kinds[attribute.slot()] = INTEGER;
        numbers[attribute.slot()] = value;
    }

    public void decimal(AccessAttribute attribute, double value) {
        kinds[attribute.slot()] = DECIMAL;
        numbers[attribute.slot()] = Double.doubleToRawLongBits(value);
    }

    /** Gives {@code to} the value of {@code from} when it has none itself. */
    public void copyIfAbsent(AccessAttribute to, AccessAttribute from) {
        if (!has(to) && has(from)) {
            kinds[to.slot()] = kinds[from.slot()];
            starts[to.slot()] = starts[from.slot()];
            lengths[to.slot()] = lengths[from.slot()];
            numbers[to.slot()] = numbers[from.slot()];
        }
    }

    /** Makes {@code from} another attribute, {@code to}. */
    public void move(AccessAttribute from, AccessAttribute to) {
        copyIfAbsent(to, from);
        kinds[from.slot()] = ABSENT;
    }

    /** Whether there is an attribute outside the vocabulary of that key. */
    public boolean hasOther(String key) {
        return others.containsKey(key);
    }

    /** An attribute outside the vocabulary, of a key that no {@link AccessAttribute} has: a Long, Double, Boolean or text. */
    public void other(String key, Object value) {
        others.put(key, value);
    }

    /** The text of an attribute outside the vocabulary, at most {@code most} bytes of it. */
    public void other(String key, byte[] bytes, int from, int length, int most) {
        int kept = Utf8.cut(bytes, from, length, most);
        if (kept < length) {
            normalised(TRUNCATED);
        }
        other(key, new String(bytes, from, kept, StandardCharsets.UTF_8));
    }

    /** Another value of a list that is kept as one text, as {@link #append}; one that would be longer than {@code most} is cut. */
    public void appendOther(String key, byte[] bytes, int from, int length, int most) {
        if (!(others.get(key) instanceof String text)) {
            other(key, bytes, from, length, most);
        } else if (text.length() >= most / 2) {
            normalised(TRUNCATED);
        } else {
            byte[] joined = (text + ", " + new String(bytes, from, length, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            other(key, joined, 0, joined.length, most);
        }
    }

    /** Something that is not as it should be and was understood anyway; counted when the record is handed over. */
    public void normalised(String kind) {
        normalised.merge(kind, 1, Integer::sum);
    }

    /** When the request started; 0 when the log does not say, so that the time of arrival counts. */
    public void timeNanos(long epochNanos) {
        timeNanos = epochNanos;
    }

    /** As {@link #timeNanos}, unless that is known. */
    public void timeNanosIfAbsent(long epochNanos) {
        if (timeNanos == 0) {
            timeNanos = epochNanos;
        }
    }

    /** The span that the log is of; 0 for none. */
    public void span(long id) {
        spanId = id;
    }

    public void trace(TraceId trace) {
        traceHigh = trace.high();
        traceLow = trace.low();
    }

    public boolean hasTrace() {
        return traceLow != 0;
    }

    /** The request failed. A status of 500 and above says so by itself. */
    public void error() {
        error = true;
    }

    /**
     * Covers its secrets, writes the record and gives it to {@code sink}.
     *
     * @param requestId which attribute holds the request ID, if the log has one
     * @param resource what logged it, and its number in the sink
     */
    public void handTo(SignalSink sink, AccessAttribute requestId, LogResource resource, int resourceNumber) {
        boolean failed = error || number(AccessAttribute.STATUS) >= 500;
        if (has(requestId)) {
            RequestKey key = RequestKey.of(string(requestId));
            sink.requestId(key.high(), key.low());
        }
        redact();
        long hash = writer.write(this, resource);
        normalised.forEach(sink::normalised);
        if (secrets > 0) {
            sink.redacted(secrets);
        }
        int flags = ItemFlags.LOG | ItemFlags.ACCESS_LOG | (failed ? ItemFlags.ERROR : 0);
        sink.item(
                traceHigh,
                traceLow,
                hasTrace() ? spanId : 0,
                hash,
                flags,
                resourceNumber,
                SignalSink.NONE,
                writer.bytes(),
                0,
                writer.size());
    }

    private void redact() {
        for (int at = 0; at < AccessAttribute.COUNT; at++) {
            if (kinds[at] == TEXT) {
                redactor.text(text, starts[at], starts[at] + lengths[at], treatments[at], cover);
            }
        }
        others.replaceAll((key, value) -> value instanceof String text ? covered(key, text) : value);
    }

    private String covered(String key, String value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        byte[] masked = bytes.clone();
        int before = secrets;
        redactor.text(bytes, 0, bytes.length, redactor.treatment(name, 0, name.length), (from, to) -> {
            secrets++;
            Arrays.fill(masked, from, to, redactor.cover());
        });
        return secrets == before ? value : new String(masked, StandardCharsets.UTF_8);
    }

    private void cover(int from, int to) {
        Arrays.fill(text, from, to, redactor.cover());
        secrets++;
    }
}
