package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.SemanticName;
import dev.plait.schemas.model.SpanEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in a short sentence why a span or a proxy failed; at most {@link #LIMIT} characters, never empty. */
final class Reason {
    static final int LIMIT = 240;

    private Reason() {}

    /** Its exception or {@code error.type} with the message; else the status it was answered with. */
    static String of(ReceivedSpan span) {
        Map<String, Object> a = span.attributes();
        Map<String, Object> exception = lastException(span.events());
        Optional<String> type = Attributes.text(exception, "exception.type")
                .or(() -> Attributes.text(a, "exception.type", "error.type"))
                .filter(text -> !isNumber(text) && !text.equals("_OTHER"));
        Optional<String> message = Attributes.text(exception, "exception.message")
                .or(() -> Optional.of(span.statusMessage()))
                .filter(text -> !text.isBlank())
                .or(() -> Attributes.text(a, "exception.message", "error.message", "error.reason", "error"))
                .filter(text -> !text.equals("true"));
        if (type.isPresent() || message.isPresent()) {
            return cut(type.filter(name -> !message.orElse("").contains(name))
                    .map(name -> message.map(text -> name + ": " + text).orElse(name))
                    .or(() -> message)
                    .orElseThrow()
                    .strip());
        }
        List<String> flags = ResponseFlag.codes(a);
        if (!flags.isEmpty()) {
            return cut(told(flags));
        }
        if (Semantics.httpStatus(a).isPresent()) {
            return "HTTP status " + Semantics.httpStatus(a).getAsInt();
        }
        return SemanticName.RPC_STATUS
                .text(a)
                .map(code -> cut("gRPC status " + code))
                .orElse("marked as an error without a description");
    }

    /** {@code kong answered 503 itself}, {@code orders answered 502 through kong}, {@code envoy answered 503: UF (…)}. */
    static String of(ProxyLog proxy) {
        AccessLog access = proxy.access();
        String status = access.status() == 0 ? "nothing" : Integer.toString(access.status());
        if (!access.responseFlags().isEmpty()) {
            return cut(access.product() + " answered " + status + ": " + told(access.responseFlags()));
        }
        if (proxy.answeredByKong()) {
            return access.product() + " answered " + status + " itself";
        }
        return cut(proxy.upstream().orElse("its upstream") + " answered " + status + " through " + access.product());
    }

    private static String cut(String text) {
        return Cut.text(text, LIMIT);
    }

    private static Map<String, Object> lastException(List<SpanEvent> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).name().equals("exception")) {
                return events.get(i).attributes();
            }
        }
        return Map.of();
    }

    private static String told(List<String> flags) {
        return ResponseFlag.decisive(flags)
                .map(ResponseFlag::told)
                .orElseGet(() -> "response flags " + String.join(",", flags));
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(Character::isDigit);
    }
}
