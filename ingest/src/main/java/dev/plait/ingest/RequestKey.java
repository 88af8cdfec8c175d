package dev.plait.ingest;

import dev.plait.schemas.model.Hex;

/**
 * A request ID as 128 bits, by which an access log without a trace ID meets the span that names the same request. Ids of 32
 * hex digits (Kong) and UUIDs (Envoy, dashes as they are) keep their own bits, so they never collide; any other text is
 * hashed.
 */
public record RequestKey(long high, long low) {
    /** Of a request ID's text. Ids differing only in the case of hex digits are the same request. */
    public static RequestKey of(CharSequence id) {
        int length = id.length();
        if (length == 32 && Hex.isHex(id, 0, 32)) {
            return new RequestKey(Hex.parse(id, 0, 16), Hex.parse(id, 16, 32));
        }
        if (length == 36 && isUuid(id)) {
            long high = Hex.parse(id, 0, 8) << 32 | Hex.parse(id, 9, 13) << 16 | Hex.parse(id, 14, 18);
            long low = Hex.parse(id, 19, 23) << 48 | Hex.parse(id, 24, 36);
            return new RequestKey(high, low);
        }
        return hashed(id);
    }

    private static boolean isUuid(CharSequence id) {
        return id.charAt(8) == '-'
                && id.charAt(13) == '-'
                && id.charAt(18) == '-'
                && id.charAt(23) == '-'
                && Hex.isHex(id, 0, 8)
                && Hex.isHex(id, 9, 13)
                && Hex.isHex(id, 14, 18)
                && Hex.isHex(id, 19, 23)
                && Hex.isHex(id, 24, 36);
    }

    /** Two 64-bit multiply-xorshift hashes (splitmix64 finalizers) over the characters, with different seeds. */
    private static RequestKey hashed(CharSequence id) {
        long high = 0x9E3779B97F4A7C15L ^ id.length();
        long low = 0xD1B54A32D192ED03L ^ id.length();
        for (int i = 0; i < id.length(); i++) {
            high = mix(high + id.charAt(i));
            low = mix(low ^ (long) id.charAt(i) << 17);
        }
        return new RequestKey(high, low);
    }

    private static long mix(long value) {
        value = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        value = (value ^ value >>> 27) * 0x94D049BB133111EBL;
        return value ^ value >>> 31;
    }
}
