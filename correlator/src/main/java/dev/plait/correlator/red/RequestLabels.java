package dev.plait.correlator.red;

import dev.plait.correlator.trace.view.ProxyLog;
import dev.plait.correlator.trace.view.Semantics;
import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.ListText;
import java.util.Map;
import java.util.Optional;

/**
 * The values of configured labels: the tag of that name; else, of some names, what they mean under any of their attributes
 * ({@code consumer}: who was authenticated; {@code client}: the address that called; {@code refused}: the status of a request
 * that was refused for who asked or how often); else the attribute of that name, present or older, a list as its elements. Safe for any thread.
 */
public final class RequestLabels {
    private RequestLabels() {}

    /** Empty when the item does not say. */
    public static Optional<String> value(String name, Map<String, String> tags, Map<String, Object> attributes) {
        String tag = tags.get(name);
        if (tag != null) {
            return Optional.of(tag);
        }
        return switch (name) {
            case "consumer" ->
                ProxyLog.consumer(attributes)
                        .or(() -> Attributes.text(attributes, "kong.consumer.custom_id", "enduser.id", "user.id"));
            case "client" -> ProxyLog.client(attributes);
            case "refused" -> refused(attributes);
            default ->
                Attributes.named(attributes, name)
                        .map(value -> ListText.joined(value.toString()))
                        .filter(value -> !value.isEmpty());
        };
    }

    /** {@code 401}, {@code 403} or {@code 429}: refused before it was served; other statuses are no refusal. */
    private static Optional<String> refused(Map<String, Object> attributes) {
        int status = Semantics.httpStatus(attributes).orElse(0);
        return switch (status) {
            case 401, 403, 429 -> Optional.of(Integer.toString(status));
            default -> Optional.empty();
        };
    }
}
