package dev.plait.ingest.span;

import dev.plait.schemas.model.SemanticName;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Moves what tells of the sender and not of the span to where OTLP has it. Exporters from OTLP to Zipkin and Jaeger write
 * the resource, the scope and the trace state as tags of each span; Kuma's proxies their mesh and zone.
 *
 * <p>Source: OpenTelemetry specification, compatibility sections of trace/sdk_exporters/zipkin.md and jaeger.md; collector
 * contrib, pkg/translator/zipkin/zipkinv2/to_translator.go.
 */
final class ResourceTags {
    private static final Set<String> WHOLE = Set.of(
            "service.name",
            "service.namespace",
            "service.version",
            "service.instance.id",
            "deployment.environment.name",
            "kuma.mesh",
            "kuma.zone",
            "kuma.workload");

    private static final String[] PREFIXES = {
        "telemetry.sdk.", "telemetry.distro.", "k8s.", "host.", "container.", "cloud.", "os.", "process."
    };

    void move(SpanRecord span) {
        for (Iterator<Map.Entry<String, Object>> all =
                        span.attributes.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, Object> attribute = all.next();
            String key = SemanticName.present(attribute.getKey());
            if (isResource(key)) {
                span.resource.putIfAbsent(key, attribute.getValue());
                all.remove();
            }
        }
        scope(span, "name", "otel.scope.name", "otel.library.name");
        scope(span, "version", "otel.scope.version", "otel.library.version");
        span.traceState = span.takeText("w3c.tracestate");
    }

    private static void scope(SpanRecord span, String field, String key, String oldKey) {
        String old = span.takeText(oldKey);
        String text = span.takeText(key);
        String found = text.isEmpty() ? old : text;
        if (!found.isEmpty()) {
            span.scope.put(field, found);
        }
    }

    private static boolean isResource(String key) {
        if (WHOLE.contains(key)) {
            return true;
        }
        for (String prefix : PREFIXES) {
            if (key.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
