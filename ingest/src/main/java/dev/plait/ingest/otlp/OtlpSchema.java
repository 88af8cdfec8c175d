package dev.plait.ingest.otlp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The messages of OTLP as data: what {@link StructureCheck} checks and what {@link JsonTranscoder} writes. A message is a line
 * with its name, then one line a field: number, JSON name, type ({@code *} when repeated). Types beginning with a capital
 * are messages; {@code enum} is followed by its table. The requests of the export services are wire-identical to the
 * {@code *Data} messages used here.
 *
 * <p>Source: opentelemetry-proto 1.11 (common, resource, trace, logs, metrics); a test compares every line with the
 * generated descriptors.
 */
final class OtlpSchema {
    private static final String TABLE = """
            TracesData
              1 resourceSpans ResourceSpans*
            ResourceSpans
              1 resource Resource
              2 scopeSpans ScopeSpans*
              3 schemaUrl string
            ScopeSpans
              1 scope InstrumentationScope
              2 spans Span*
              3 schemaUrl string
            Span
              1 traceId trace_id
              2 spanId span_id
              3 traceState string
              4 parentSpanId span_id
              5 name string
              6 kind enum SPAN_KIND UNSPECIFIED=0 INTERNAL=1 SERVER=2 CLIENT=3 PRODUCER=4 CONSUMER=5
              7 startTimeUnixNano fixed64
              8 endTimeUnixNano fixed64
              9 attributes KeyValue*
              10 droppedAttributesCount uint32
              11 events Event*
              12 droppedEventsCount uint32
              13 links Link*
              14 droppedLinksCount uint32
              15 status Status
              16 flags fixed32
            Event
              1 timeUnixNano fixed64
              2 name string
              3 attributes KeyValue*
              4 droppedAttributesCount uint32
            Link
              1 traceId trace_id
              2 spanId span_id
              3 traceState string
              4 attributes KeyValue*
              5 droppedAttributesCount uint32
              6 flags fixed32
            Status
              2 message string
              3 code enum STATUS_CODE UNSET=0 OK=1 ERROR=2
            LogsData
              1 resourceLogs ResourceLogs*
            ResourceLogs
              1 resource Resource
              2 scopeLogs ScopeLogs*
              3 schemaUrl string
            ScopeLogs
              1 scope InstrumentationScope
              2 logRecords LogRecord*
              3 schemaUrl string
            LogRecord
              1 timeUnixNano fixed64
              2 severityNumber enum SEVERITY_NUMBER UNSPECIFIED=0 TRACE=1 TRACE2=2 TRACE3=3 TRACE4=4 DEBUG=5 DEBUG2=6 \
            DEBUG3=7 DEBUG4=8 INFO=9 INFO2=10 INFO3=11 INFO4=12 WARN=13 WARN2=14 WARN3=15 WARN4=16 ERROR=17 ERROR2=18 \
            ERROR3=19 ERROR4=20 FATAL=21 FATAL2=22 FATAL3=23 FATAL4=24
              3 severityText string
              5 body AnyValue
              6 attributes KeyValue*
              7 droppedAttributesCount uint32
              8 flags fixed32
              9 traceId trace_id
              10 spanId span_id
              11 observedTimeUnixNano fixed64
              12 eventName string
            MetricsData
              1 resourceMetrics ResourceMetrics*
            ResourceMetrics
              1 resource Resource
              2 scopeMetrics ScopeMetrics*
              3 schemaUrl string
            ScopeMetrics
              1 scope InstrumentationScope
              2 metrics Metric*
              3 schemaUrl string
            Metric
              1 name string
              2 description string
              3 unit string
              5 gauge Gauge
              7 sum Sum
              9 histogram Histogram
              10 exponentialHistogram ExponentialHistogram
              11 summary Summary
              12 metadata KeyValue*
            Gauge
              1 dataPoints NumberDataPoint*
            Sum
              1 dataPoints NumberDataPoint*
              2 aggregationTemporality enum AGGREGATION_TEMPORALITY UNSPECIFIED=0 DELTA=1 CUMULATIVE=2
              3 isMonotonic bool
            Histogram
              1 dataPoints HistogramDataPoint*
              2 aggregationTemporality enum AGGREGATION_TEMPORALITY UNSPECIFIED=0 DELTA=1 CUMULATIVE=2
            ExponentialHistogram
              1 dataPoints ExponentialHistogramDataPoint*
              2 aggregationTemporality enum AGGREGATION_TEMPORALITY UNSPECIFIED=0 DELTA=1 CUMULATIVE=2
            Summary
              1 dataPoints SummaryDataPoint*
            NumberDataPoint
              2 startTimeUnixNano fixed64
              3 timeUnixNano fixed64
              4 asDouble double
              5 exemplars Exemplar*
              6 asInt sfixed64
              7 attributes KeyValue*
              8 flags uint32
            HistogramDataPoint
              2 startTimeUnixNano fixed64
              3 timeUnixNano fixed64
              4 count fixed64
              5 sum double
              6 bucketCounts fixed64*
              7 explicitBounds double*
              8 exemplars Exemplar*
              9 attributes KeyValue*
              10 flags uint32
              11 min double
              12 max double
            ExponentialHistogramDataPoint
              1 attributes KeyValue*
              2 startTimeUnixNano fixed64
              3 timeUnixNano fixed64
              4 count fixed64
              5 sum double
              6 scale sint32
              7 zeroCount fixed64
              8 positive Buckets
              9 negative Buckets
              10 flags uint32
              11 exemplars Exemplar*
              12 min double
              13 max double
              14 zeroThreshold double
            Buckets
              1 offset sint32
              2 bucketCounts uint64*
            SummaryDataPoint
              2 startTimeUnixNano fixed64
              3 timeUnixNano fixed64
              4 count fixed64
              5 sum double
              6 quantileValues ValueAtQuantile*
              7 attributes KeyValue*
              8 flags uint32
            ValueAtQuantile
              1 quantile double
              2 value double
            Exemplar
              2 timeUnixNano fixed64
              3 asDouble double
              4 spanId span_id
              5 traceId trace_id
              6 asInt sfixed64
              7 filteredAttributes KeyValue*
            Resource
              1 attributes KeyValue*
              2 droppedAttributesCount uint32
              3 entityRefs EntityRef*
            EntityRef
              1 schemaUrl string
              2 type string
              3 idKeys string*
              4 descriptionKeys string*
            InstrumentationScope
              1 name string
              2 version string
              3 attributes KeyValue*
              4 droppedAttributesCount uint32
            KeyValue
              1 key string
              2 value AnyValue
            AnyValue
              1 stringValue string
              2 boolValue bool
              3 intValue int64
              4 doubleValue double
              5 arrayValue ArrayValue
              6 kvlistValue KeyValueList
              7 bytesValue bytes
            ArrayValue
              1 values AnyValue*
            KeyValueList
              1 values KeyValue*
            """;

    /** Names of JSON up to OTLP 0.15, which SDKs and collectors of that age, and many a script, write: message, name, name of today. */
    private static final String OLDER = """
            ResourceSpans instrumentationLibrarySpans scopeSpans
            ScopeSpans instrumentationLibrary scope
            ResourceLogs instrumentationLibraryLogs scopeLogs
            ScopeLogs instrumentationLibrary scope
            ScopeLogs logs logRecords
            ResourceMetrics instrumentationLibraryMetrics scopeMetrics
            ScopeMetrics instrumentationLibrary scope
            """;

    static final Map<String, MessageType> MESSAGES = parse();

    static final MessageType SPAN = message("Span");
    static final MessageType EVENT = message("Event");
    static final MessageType LINK = message("Link");
    static final MessageType STATUS = message("Status");
    static final MessageType LOG_RECORD = message("LogRecord");
    static final MessageType METRIC = message("Metric");
    static final MessageType RESOURCE = message("Resource");
    static final MessageType SCOPE = message("InstrumentationScope");
    static final MessageType KEY_VALUE = message("KeyValue");
    static final MessageType ANY_VALUE = message("AnyValue");

    private OtlpSchema() {}

    static MessageType message(String name) {
        MessageType message = MESSAGES.get(name);
        if (message == null) {
            throw new IllegalStateException("no OTLP message " + name);
        }
        return message;
    }

    private static Map<String, MessageType> parse() {
        Map<String, MessageType> messages = new HashMap<>();
        TABLE.lines().filter(line -> !line.startsWith(" ")).forEach(name -> messages.put(name, new MessageType(name)));
        MessageType current = null;
        for (String line : TABLE.lines().toList()) {
            if (line.startsWith(" ")) {
                current.add(field(current, line.strip().split(" "), messages));
            } else {
                current = messages.get(line);
            }
        }
        OLDER.lines()
                .map(line -> line.split(" "))
                .forEach(words -> messages.get(words[0])
                        .addOlder(words[1], messages.get(words[0]).byName(words[2])));
        return Map.copyOf(messages);
    }

    private static Field field(MessageType in, String[] words, Map<String, MessageType> messages) {
        boolean repeated = words[2].endsWith("*");
        String type = repeated ? words[2].substring(0, words[2].length() - 1) : words[2];
        boolean nested = Character.isUpperCase(type.charAt(0));
        return new Field(
                in.fields().size(),
                Integer.parseInt(words[0]),
                words[1],
                nested ? FieldType.MESSAGE : FieldType.valueOf(type.toUpperCase(Locale.ROOT)),
                repeated,
                nested ? messages.get(type) : in,
                values(words));
    }

    private static Map<String, Integer> values(String[] words) {
        Map<String, Integer> values = new HashMap<>();
        for (int i = 4; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            values.put(words[3] + "_" + words[i].substring(0, equals), Integer.valueOf(words[i].substring(equals + 1)));
        }
        return Map.copyOf(values);
    }
}
