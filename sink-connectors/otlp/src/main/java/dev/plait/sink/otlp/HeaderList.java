package dev.plait.sink.otlp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Headers as {@code OTEL_EXPORTER_OTLP_HEADERS} has them: {@code name=value,name=value}, percent-encoded, spaces around names and
 * values ignored. Names are put in lower case, as gRPC wants them. Source: opentelemetry-specification, protocol/exporter.md.
 */
final class HeaderList {
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]*");

    /** Said by the sink or the client itself; gRPC reads {@code -bin} as bytes and keeps {@code grpc-} for itself. */
    private static final Pattern RESERVED = Pattern.compile(
            "content-.*|host|connection|expect|upgrade|te|transfer-encoding|grpc-.*|.*-bin", Pattern.CASE_INSENSITIVE);

    private HeaderList() {}

    /** @throws IllegalArgumentException on what is no header, without its value, as that is a secret */
    static Map<String, String> parse(String list) {
        Map<String, String> headers = new LinkedHashMap<>();
        int index = 0;
        for (String member : list.split(",", -1)) {
            index++;
            if (member.isBlank()) {
                continue;
            }
            int equals = member.indexOf('=');
            String name = equals < 0 ? "" : member.substring(0, equals).strip();
            String value =
                    equals < 0 ? "" : decoded(member.substring(equals + 1).strip());
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "member " + index + " is not name=value with printable ASCII characters");
            }
            if (RESERVED.matcher(name).matches()) {
                throw new IllegalArgumentException("header " + name + " is not free to set");
            }
            headers.put(name.toLowerCase(Locale.ROOT), value);
        }
        return headers;
    }

    /** Percent-decoded; a plus is a plus. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }
}
