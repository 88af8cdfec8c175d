package dev.plait.correlator.slo.sli;

import dev.cel.runtime.CelVariableResolver;
import dev.plait.schemas.model.CountedRequest;
import java.util.Optional;

/** A request as the variables of an expression. */
record RequestVariables(CountedRequest request) implements CelVariableResolver {
    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "service" -> Optional.of(request.service());
            case "route" -> Optional.of(request.route());
            case "method" -> Optional.of(request.method());
            case "path" -> Optional.of(request.path());
            case "kind" -> Optional.of(request.kind());
            case "consumer" -> Optional.of(request.consumer());
            case "status" -> Optional.of((long) request.status());
            case "error" -> Optional.of(request.error());
            case "tags" -> Optional.of(request.tags());
            case "attributes" -> Optional.of(new AnyName(request.attributes()));
            default -> Optional.empty();
        };
    }
}
