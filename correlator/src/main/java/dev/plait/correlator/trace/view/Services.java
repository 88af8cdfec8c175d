package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Names the service that a piece came from: {@code service.name} of its resource, else what a mesh proxy says of its
 * workload or node, as Envoy's OTLP access logs carry no service name.
 */
public final class Services {
    /** The name that OpenTelemetry prescribes for a service that has none. Source: resource semantic conventions. */
    public static final String UNKNOWN = "unknown_service";

    private Services() {}

    public static String of(ReceivedSpan span) {
        return of(span.origin())
                .or(() -> Attributes.text(span.attributes(), "kuma.workload"))
                .orElse(UNKNOWN);
    }

    public static Optional<String> of(ReceivedLog log) {
        return of(log.origin()).or(() -> Attributes.text(log.attributes(), "kuma.workload"));
    }

    /** As its resource names it. */
    public static Optional<String> of(Origin origin) {
        return Attributes.text(origin.resource(), "service.name", "kuma.workload", "node_name");
    }

    /** All services that spans or logs of a trace came from, sorted. */
    static List<String> of(SpanTree tree, List<ReceivedLog> logs) {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < tree.size(); i++) {
            names.add(tree.service(i));
        }
        logs.forEach(log -> of(log).ifPresent(names::add));
        return List.copyOf(names);
    }
}
