package dev.plait.ingest.applog;

import dev.plait.ingest.traceid.PropagationHeaders;
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
 * GELF; pino and bunyan; zap; Serilog's JSON formats; Loguru; Monolog; Google Cloud's structured logging and LogEntry; Datadog's
 * log correlation; Powertools for AWS Lambda; Application Insights; the Kubernetes filters of Fluent Bit, Vector and Filebeat.
 */
final class FieldNames {
    /** A meaning, and the place of the name among those of that meaning. */
    record Name(LogField field, int order) {}

    private static final int MOST_CACHED = 1024;
    private static final Map<String, Name> NAMES = new HashMap<>();

    /** Names that mean something only as they are: of one letter, as zap and Serilog have them, or a business's word in other cases. */
    private static final Map<String, Name> EXACT = Map.ofEntries(
            entry("@t", LogField.TIME, 90),
            entry("T", LogField.TIME, 91),
            entry("@l", LogField.LEVEL, 90),
            entry("L", LogField.LEVEL, 91),
            entry("PRIORITY", LogField.LEVEL, 92),
            entry("@m", LogField.MESSAGE, 90),
            entry("@mt", LogField.MESSAGE, 91),
            entry("M", LogField.MESSAGE, 92),
            entry("@x", LogField.STACK_TRACE, 90),
            entry("@tr", LogField.TRACE_ID, 90),
            entry("operation_Id", LogField.TRACE_ID, 91),
            entry("trace", LogField.MAYBE_TRACE, 90),
            entry("@sp", LogField.SPAN_ID, 90),
            entry("operation_ParentId", LogField.SPAN_ID, 91),
            entry("span", LogField.SPAN_ID, 93),
            entry("transaction.id", LogField.SPAN_ID, 92),
            entry("entity.name", LogField.SERVICE, 90));

    private static final Set<String> CONTEXTS = Set.of(
            "mdc",
            "contextmap",
            "context",
            "ctx",
            "attributes",
            "fields",
            "labels",
            "logginggoogleapiscom/labels",
            "extra",
            "meta",
            "metadata",
            "namedtags",
            "properties",
            "scopes",
            "kvplist",
            "span",
            "trace",
            "tracecontext",
            "correlation",
            "opentelemetry",
            "otel",
            "spans",
            "log",
            "body",
            "logattributes",
            "customdimensions",
            "state",
            "structureddata",
            "sdata");

    /** Objects that hold the headers of a request. */
    private static final Set<String> HEADERS =
            Set.of("header", "headers", "reqheaders", "requestheaders", "httprequestheaders", "httpheaders");

    /** Objects that hold a whole log, where shippers and sinks put it. */
    private static final Set<String> WHOLE_LOGS = Set.of("json", "jsonpayload", "logprocessed", "record");

    /** The order of names in a context: behind all at the top. */
    private static final int IN_CONTEXT_ORDER = 1000;

    /** The order of names in a whole log: behind all others. */
    static final int IN_WHOLE_LOG = 2000;

    /** The name of an object may have dots of its own; more than these are not looked at. */
    private static final int MOST_DOTS = 4;

    private static final Set<LogField> IN_CONTEXT = Set.of(
            LogField.TRACE_ID,
            LogField.SPAN_ID,
            LogField.DATADOG_TRACE_ID,
            LogField.DATADOG_SPAN_ID,
            LogField.TRACE_FLAGS,
            LogField.SAMPLED);

    static {
        names(
                LogField.MESSAGE,
                "formattedmessage renderedmessage message msg body shortmessage textpayload fieldsmessage"
                        + " event log bodystringvalue bodyvalue bodymessage bodymsg bodylog logmessage messagetemplate");
        names(
                LogField.TIME,
                "timestamp time ts datetime timemillis asctime eventtime timeunixnano"
                        + " timetimestamp datetimedate realtimetimestamp date logtimestamp isodate timeiso8601 syslogtimestamp");
        names(LogField.EPOCH_SECOND, "instantepochsecond timestampseconds");
        names(LogField.NANO_OF_SECOND, "instantnanoofsecond timestampnanos");
        names(LogField.LEVEL, "severitytext loglevel levelname level severity lvl syslogseverity severitylevel");
        names(LogField.SEVERITY_NUMBER, "severitynumber");
        names(
                LogField.TRACE_ID,
                "traceid oteltraceid logginggoogleapiscom/trace traceparent xraytraceid"
                        + " awsxraytraceid xb3traceid b3 ubertraceid xamzntraceid xcloudtracecontext opentelemetrytraceid");
        names(LogField.SPAN_ID, "spanid otelspanid logginggoogleapiscom/spanid xb3spanid opentelemetryspanid");
        names(LogField.DATADOG_TRACE_ID, "ddtraceid xdatadogtraceid");
        names(LogField.DATADOG_SPAN_ID, "ddspanid");
        names(LogField.TRACE_FLAGS, "traceflags oteltraceflags");
        names(LogField.SAMPLED, "oteltracesampled logginggoogleapiscom/tracesampled tracesampled");
        names(
                LogField.SERVICE,
                "servicename otelservicename ddservice service servicecontextservice"
                        + " resourceservicename resourcesservicename resourceattributesservicename"
                        + " kuberneteslabelsappkubernetesio/name kubernetespodlabelsappkubernetesio/name"
                        + " kuberneteslabelsapp kubernetespodlabelsapp"
                        + " resourcelabelsservicename cloudrolename");
        names(
                LogField.SERVICE_VERSION,
                "serviceversion ddversion servicecontextversion resourceattributesserviceversion");
        names(LogField.ENVIRONMENT, "deploymentenvironmentname deploymentenvironment serviceenvironment ddenv");
        names(LogField.POD, "kubernetespodname resourcelabelspodname");
        names(LogField.POD_UID, "kubernetespoduid kubernetespodid");
        names(
                LogField.NAMESPACE,
                "kubernetesnamespacename kubernetespodnamespace kubernetesnamespace resourcelabelsnamespacename");
        names(LogField.CONTAINER, "kubernetescontainername resourcelabelscontainername");
        names(LogField.NODE, "kubernetesnodename kubernetespodnodename kuberneteshost");
        names(
                LogField.STACK_TRACE,
                "exceptionstacktrace stacktrace errorstacktrace errorstack errstack"
                        + " thrownextendedstacktrace excinfo exception throwable errorverbose");
        names(
                LogField.EXCEPTION_TYPE,
                "exceptiontype thrownname errtype throwableclassname exceptionclass exceptionname errorname"
                        + " exceptionexceptiontype exceptionexceptionclass contextexceptionclass errorkind");
        names(
                LogField.EXCEPTION_MESSAGE,
                "exceptionmessage thrownmessage errmessage throwablemessage errormessage exceptionexceptionmessage"
                        + " contextexceptionmessage");
        names(LogField.ERROR_TYPE, "errortype");
        names(LogField.THREAD, "threadname thread processthreadname loggerthreadname");
    }

    private final Map<String, Optional<Name>> known = new HashMap<>();
    private final StringBuilder letters = new StringBuilder();

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

    /** Whether a list under this path holds the context of a log. */
    boolean isContext(String path) {
        return CONTEXTS.contains(letters(path));
    }

    private Optional<Name> find(String path) {
        Name exact = EXACT.get(path);
        Name name = exact != null ? exact : NAMES.get(letters(path));
        if (name != null) {
            return Optional.of(name);
        }
        int dot = path.indexOf('.');
        for (int dots = 0; dot > 0 && dots < MOST_DOTS; dots++) {
            String object = letters(path.substring(0, dot));
            if (HEADERS.contains(object)) {
                return PropagationHeaders.isPropagation(path.substring(dot + 1).toLowerCase(Locale.ROOT))
                        ? Optional.of(new Name(LogField.REQUEST_HEADER, 0))
                        : Optional.empty();
            }
            boolean whole = WHOLE_LOGS.contains(object);
            if (whole || CONTEXTS.contains(object)) {
                return find(path.substring(dot + 1))
                        .filter(inner -> whole || IN_CONTEXT.contains(inner.field()))
                        .map(inner ->
                                new Name(inner.field(), inner.order() + (whole ? IN_WHOLE_LOG : IN_CONTEXT_ORDER)));
            }
            dot = path.indexOf('.', dot + 1);
        }
        return Optional.empty();
    }

    private String letters(String path) {
        letters.setLength(0);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '_' && c != '-' && c != '.' && c != '@') {
                letters.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
            }
        }
        return letters.toString();
    }

    private static Map.Entry<String, Name> entry(String path, LogField field, int order) {
        return Map.entry(path, new Name(field, order));
    }

    private static void names(LogField field, String names) {
        int order = 0;
        for (String name : names.split(" ", -1)) {
            NAMES.putIfAbsent(name, new Name(field, order++));
        }
    }
}
