package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.JsonFields.attributes;
import static dev.plait.schemas.wire.JsonFields.list;
import static dev.plait.schemas.wire.JsonFields.optional;
import static dev.plait.schemas.wire.JsonFields.sorted;
import static dev.plait.schemas.wire.JsonFields.texts;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.plait.schemas.model.AccessLog;
import dev.plait.schemas.model.CorrelatedTrace;
import dev.plait.schemas.model.CorrelatedTrace.Counts;
import dev.plait.schemas.model.CorrelatedTrace.Exemplar;
import dev.plait.schemas.model.CorrelatedTrace.MetricContext;
import dev.plait.schemas.model.CorrelatedTrace.PathSegment;
import dev.plait.schemas.model.CorrelatedTrace.Root;
import dev.plait.schemas.model.CorrelatedTrace.Verdict;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.SamplingDecision;
import dev.plait.schemas.model.TraceLog;
import java.io.IOException;

/** The JSON fields of a {@link CorrelatedTrace}; maps of tags by name, so that the same trace gives the same bytes. */
final class TraceFields {
    private TraceFields() {}

    static void write(JsonGenerator json, CorrelatedTrace trace) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", trace.traceId());
        json.writeNumberField("idWidth", trace.idWidth());
        optional(json, "replacesTraceId", trace.replacesTraceId());
        json.writeNumberField("revision", trace.revision());
        json.writeBooleanField("delta", trace.delta());
        json.writeStringField("closedBecause", trace.closedBecause().name());
        json.writeNumberField("startEpochNanos", trace.startEpochNanos());
        json.writeNumberField("durationNanos", trace.durationNanos());
        json.writeStringField("status", trace.status().name());
        optional(json, "root", trace.root(), TraceFields::root);
        optional(json, "gateway", trace.gateway(), TraceFields::accessLog);
        list(json, "hops", trace.hops(), TraceFields::accessLog);
        texts(json, "services", trace.services());
        list(json, "spans", trace.spans(), SpanFields::write);
        list(json, "logs", trace.logs(), TraceFields::log);
        list(json, "exemplars", trace.exemplars(), TraceFields::exemplar);
        list(json, "context", trace.context(), TraceFields::context);
        list(json, "criticalPath", trace.criticalPath(), TraceFields::segment);
        optional(json, "rootCause", trace.rootCause(), TraceFields::rootCause);
        counts(json, trace.counts());
        verdict(json, trace.verdict());
        sorted(json, "tags", trace.tags());
        sampling(json, trace.sampling());
        json.writeEndObject();
    }

    private static void root(JsonGenerator json, Root root) throws IOException {
        json.writeStartObject();
        json.writeStringField("spanId", root.spanId());
        json.writeStringField("service", root.service());
        json.writeStringField("name", root.name());
        json.writeStringField("kind", root.kind().name());
        json.writeEndObject();
    }

    private static void accessLog(JsonGenerator json, AccessLog log) throws IOException {
        json.writeStartObject();
        json.writeStringField("product", log.product());
        optional(json, "name", log.name());
        optional(json, "route", log.route());
        optional(json, "service", log.service());
        optional(json, "consumer", log.consumer());
        optional(json, "requestId", log.requestId());
        optional(json, "method", log.method());
        optional(json, "path", log.path());
        json.writeNumberField("status", log.status());
        json.writeBooleanField("error", log.error());
        optional(json, "clientAddress", log.clientAddress());
        json.writeNumberField("startEpochNanos", log.startEpochNanos());
        optional(json, "totalMs", log.totalMs());
        optional(json, "gatewayMs", log.gatewayMs());
        optional(json, "upstreamMs", log.upstreamMs());
        json.writeNumberField("tries", log.tries());
        texts(json, "responseFlags", log.responseFlags());
        optional(json, "source", log.source());
        optional(json, "destination", log.destination());
        json.writeEndObject();
    }

    private static void log(JsonGenerator json, TraceLog log) throws IOException {
        json.writeStartObject();
        json.writeNumberField("timeEpochNanos", log.timeEpochNanos());
        optional(json, "service", log.service());
        optional(json, "severity", log.severity());
        json.writeNumberField("severityNumber", log.severityNumber());
        json.writeStringField("body", log.body());
        optional(json, "spanId", log.spanId());
        json.writeStringField("source", log.source());
        json.writeStringField("joinedBy", log.joinedBy().name());
        attributes(json, "attributes", log.attributes());
        json.writeEndObject();
    }

    private static void exemplar(JsonGenerator json, Exemplar exemplar) throws IOException {
        json.writeStartObject();
        json.writeStringField("metric", exemplar.metric());
        json.writeStringField("unit", exemplar.unit());
        json.writeNumberField("value", exemplar.value());
        json.writeNumberField("timeEpochNanos", exemplar.timeEpochNanos());
        optional(json, "spanId", exemplar.spanId());
        attributes(json, "attributes", exemplar.attributes());
        json.writeEndObject();
    }

    private static void context(JsonGenerator json, MetricContext context) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", context.service());
        optional(json, "instance", context.instance());
        json.writeStringField("metric", context.metric());
        json.writeStringField("unit", context.unit());
        json.writeNumberField("value", context.value());
        json.writeNumberField("timeEpochNanos", context.timeEpochNanos());
        json.writeEndObject();
    }

    private static void segment(JsonGenerator json, PathSegment segment) throws IOException {
        json.writeStartObject();
        json.writeStringField("spanId", segment.spanId());
        json.writeNumberField("startEpochNanos", segment.startEpochNanos());
        json.writeNumberField("endEpochNanos", segment.endEpochNanos());
        json.writeEndObject();
    }

    private static void rootCause(JsonGenerator json, RootCause cause) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", cause.service());
        json.writeStringField("operation", cause.operation());
        optional(json, "spanId", cause.spanId());
        json.writeStringField("kind", cause.kind().name());
        json.writeStringField("reason", cause.reason());
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, Counts counts) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("spans", counts.spans());
        json.writeNumberField("errors", counts.errors());
        json.writeNumberField("logs", counts.logs());
        json.writeNumberField("exemplars", counts.exemplars());
        json.writeNumberField("duplicates", counts.duplicates());
        json.writeNumberField("dropped", counts.dropped());
        json.writeEndObject();
    }

    private static void verdict(JsonGenerator json, Verdict verdict) throws IOException {
        json.writeObjectFieldStart("verdict");
        json.writeBooleanField("complete", verdict.complete());
        json.writeBooleanField("rootSeen", verdict.rootSeen());
        json.writeBooleanField("gatewayLogSeen", verdict.gatewayLogSeen());
        json.writeNumberField("missingParents", verdict.missingParents());
        json.writeBooleanField("ambiguousId", verdict.ambiguousId());
        json.writeBooleanField("truncated", verdict.truncated());
        json.writeNumberField("maxClockSkewNanos", verdict.maxClockSkewNanos());
        json.writeEndObject();
    }

    private static void sampling(JsonGenerator json, SamplingDecision decision) throws IOException {
        json.writeObjectFieldStart("sampling");
        json.writeBooleanField("keep", decision.keep());
        json.writeStringField("reason", decision.reason());
        json.writeNumberField("probability", decision.probability());
        json.writeEndObject();
    }
}
