package dev.plait.schemas.model;

/**
 * A trace ID: 16 bytes as two longs, big endian. A {@code high} of 0 means that only the low 64 bits are known (B3, Jaeger
 * and Datadog legs of a request carry no more), not that they are zero. {@code low} is never 0.
 *
 * <p>Traces are partitioned and stored by {@code low} alone, so that legs of both widths meet.
 */
public record TraceId(long high, long low) implements Comparable<TraceId> {
    public TraceId {
        if (low == 0) {
            throw new IllegalArgumentException("the low 64 bits of a trace ID are never zero");
        }
    }

    /** Of 32 or 16 hex digits. @throws IllegalArgumentException on any other text */
    public static TraceId ofHex(CharSequence text) {
        return switch (text.length()) {
            case 32 -> new TraceId(Hex.parse(text, 0, 16), Hex.parse(text, 16, 32));
            case 16 -> new TraceId(0, Hex.parse(text, 0, 16));
            default -> throw new IllegalArgumentException("16 or 32 hex digits expected, got " + text.length());
        };
    }

    /** The partition of a trace among {@code count}: a mix of the low 64 bits, as ids are not always random in them. */
    public static int partition(long low, int count) {
        long mixed = (low ^ low >>> 32) * 0x9E3779B97F4A7C15L;
        return (int) Long.remainderUnsigned(mixed ^ mixed >>> 29, count);
    }

    /** 128, or 64 when the high half is unknown. */
    public int width() {
        return high == 0 ? 64 : 128;
    }

    /** 32 lower-case hex digits. */
    public String hex() {
        return Hex.of(high, low);
    }

    @Override
    public int compareTo(TraceId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return hex();
    }
}
