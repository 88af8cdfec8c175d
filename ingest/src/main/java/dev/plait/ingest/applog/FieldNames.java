package dev.plait.ingest.applog;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which field of a log means what, by its path ({@code log.level} is also {@code level} in an object {@code log}). Names are
 * compared without case, {@code _}, {@code -}, {@code .} and {@code @}, so that each is written here once; where several
 * fields of a log have one meaning, the name that stands first counts.
 *
 * <p>Trace and span IDs are also looked for in the objects where frameworks put the context of a thread. Sources:
 * OpenTelemetry's "Trace Context in non-OTLP Log Formats"; ECS; the encoders of Logback, logstash-logback-encoder and Log4j 2;
 * GELF; pino and bunyan; Serilog's compact format; Monolog; Google Cloud's structured logging; Datadog's log correlation.
 */
final class FieldNames {
    /** A meaning, and the place of the name among those of that meaning. */
    record Name(LogField field, int order) {}

    private static final int MOST_CACHED = 1024;
    private static final Map<String, Name> NAMES = new HashMap<>();

    /** Where Serilog's compact format has one letter. */
    private static final Map<String, Name> EXACT = Map.of(
            "@t", new Name(LogField.TIME, 90),
            "@l", new Name(LogField.LEVEL, 90),
            "@m", new Name(LogField.MESSAGE, 90),
            "@mt", new Name(LogField.MESSAGE, 91),
            "@x", new Name(LogField.STACK_TRACE, 90),
            "@tr", new Name(LogField.TRACE_ID, 90),
            "@sp", new Name(LogField.SPAN_ID, 90));

    private static final Set<String> CONTEXTS = Set.of(
            "mdc", "contextmap", "context", "ctx", "attributes", "fields", "labels", "extra", "properties", "span");

    private static final Set<LogField> IN_CONTEXT = Set.of(
            LogField.TRACE_ID,
            LogField.SPAN_ID,
            LogField.DATADOG_TRACE_ID,
            LogField.DATADOG_SPAN_ID,
            LogField.TRACE_FLAGS,
            LogField.SAMPLED);

    static {
        names(LogField.MESSAGE, "formattedmessage message msg body shortmessage textpayload fieldsmessage event log");
        names(LogField.TIME, "timestamp time ts datetime timemillis asctime eventtime");
        names(LogField.EPOCH_SECOND, "instantepochsecond timestampseconds");
        names(LogField.NANO_OF_SECOND, "instantnanoofsecond timestampnanos");
        names(LogField.LEVEL, "severitytext loglevel levelname level severity lvl");
        names(LogField.SEVERITY_NUMBER, "severitynumber");
        names(
                LogField.TRACE_ID,
                "traceid oteltraceid logginggoogleapiscom/trace traceparent xraytraceid"
                        + " awsxraytraceid xb3traceid b3 ubertraceid");
        names(LogField.SPAN_ID, "spanid otelspanid logginggoogleapiscom/spanid xb3spanid");
        names(LogField.DATADOG_TRACE_ID, "ddtraceid xdatadogtraceid");
        names(LogField.DATADOG_SPAN_ID, "ddspanid");
        names(LogField.TRACE_FLAGS, "traceflags oteltraceflags");
        names(LogField.SAMPLED, "oteltracesampled logginggoogleapiscom/tracesampled tracesampled");
        names(LogField.SERVICE, "servicename otelservicename ddservice service servicecontextservice");
        names(LogField.SERVICE_VERSION, "serviceversion ddversion servicecontextversion");
        names(LogField.ENVIRONMENT, "deploymentenvironmentname deploymentenvironment serviceenvironment ddenv");
        names(
                LogField.STACK_TRACE,
                "exceptionstacktrace stacktrace errorstacktrace errorstack errstack"
                        + " thrownextendedstacktrace excinfo exception throwable");
        names(LogField.EXCEPTION_TYPE, "exceptiontype thrownname errtype throwableclassname exceptionclass");
        names(LogField.EXCEPTION_MESSAGE, "exceptionmessage thrownmessage errmessage throwablemessage");
        names(LogField.THREAD, "threadname thread processthreadname");
    }

    private final Map<String, Optional<Name>> known = new HashMap<>();

    /** What the field of this path means; empty for any that is just an attribute. */
    Optional<Name> of(String path) {
        Optional<Name> name = known.get(path);
        if (name == null) {
            name = find(path);
            // senders choose the names
            if (known.size() == MOST_CACHED) {
                known.clear();
            }
            known.put(path, name);
        }
        return name;
    }

    private static Optional<Name> find(String path) {
        Name exact = EXACT.get(path);
        Name name = exact != null ? exact : NAMES.get(letters(path));
        int dot = path.indexOf('.');
        if (name != null || dot < 0) {
            return Optional.ofNullable(name);
        }
        return CONTEXTS.contains(letters(path.substring(0, dot)))
                ? find(path.substring(dot + 1)).filter(inner -> IN_CONTEXT.contains(inner.field()))
                : Optional.empty();
    }

    private static String letters(String path) {
        StringBuilder letters = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if ("_-.@".indexOf(path.charAt(i)) < 0) {
                letters.append(path.charAt(i));
            }
        }
        return letters.toString().toLowerCase(Locale.ROOT);
    }

    private static void names(LogField field, String names) {
        int order = 0;
        for (String name : names.split(" ", -1)) {
            NAMES.putIfAbsent(name, new Name(field, order++));
        }
    }
}
