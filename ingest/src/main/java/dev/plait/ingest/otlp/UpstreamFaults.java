package dev.plait.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Envoy's response flags that blame the upstream: a request with one of them failed, whatever its status code says. The flags
 * of clients ({@code DC}) and of policy ({@code RL}) do not. Source: Envoy, access log usage, RESPONSE_FLAGS.
 */
public final class UpstreamFaults {
    private static final Set<String> FAULTS = Set.of(
            "UH", "UF", "UO", "UT", "LR", "UR", "UC", "URX", "NC", "UPE", "UMSDR", "DF", "LH", "OM", "DO", "UDO");

    private static final int LONGEST = 5;

    private UpstreamFaults() {}

    /** Whether the comma-separated short codes, as in {@code UF,URX}, hold a fault; {@code -} and none do not. */
    public static boolean in(String flags) {
        byte[] text = flags.getBytes(StandardCharsets.UTF_8);
        return in(text, 0, text.length);
    }

    /** The same of text in UTF-8. */
    public static boolean in(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int start = offset;
        for (int at = offset; at <= end; at++) {
            if (at == end || bytes[at] == ',') {
                if (isFault(bytes, start, at)) {
                    return true;
                }
                start = at + 1;
            }
        }
        return false;
    }

    private static boolean isFault(byte[] bytes, int from, int to) {
        int length = to - from;
        return length >= 2
                && length <= LONGEST
                && FAULTS.contains(new String(bytes, from, length, StandardCharsets.US_ASCII));
    }
}
