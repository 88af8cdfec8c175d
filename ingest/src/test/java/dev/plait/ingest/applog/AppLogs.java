package dev.plait.ingest.applog;

import java.util.LinkedHashMap;
import java.util.Map;

/** One log of each library, as it is told to write by its documentation; all of one trace, span and moment. */
public final class AppLogs {
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String NARROW = "0000000000000000a3ce929d0e0e4736";
    static final String SPAN = "00f067aa0ba902b7";
    /** {@link #SPAN} and the low half of {@link #TRACE} in decimal. */
    static final String SPAN_DECIMAL = "67667974448284343";

    static final String LOW_DECIMAL = "11803532876627986230";
    static final long NANOS = 1_767_225_600_310_000_000L;

    public static final String OTEL = """
            {"timestamp":"2026-01-01T00:00:00.310Z","severity_text":"ERROR","severity_number":18,"service.name":"orders",\
            "body":"no stock","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","trace_flags":"01"}""";
    static final String LOGSTASH = """
            {"@timestamp":"2026-01-01T01:00:00.310+01:00","@version":"1","message":"no stock","logger_name":"shop.Orders",\
            "thread_name":"worker-1","level":"ERROR","level_value":40000,"stack_trace":"shop.NoStock: sku 7\\n\\tat shop.Orders",\
            "service":"orders","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7"}""";
    static final String LOGBACK = """
            {"sequenceNumber":0,"timestamp":1767225600310,"nanoseconds":310000000,"level":"ERROR","threadName":"worker-1",\
            "loggerName":"shop.Orders","context":{"name":"default","birthdate":1767225000000,"properties":{}},\
            "mdc":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","service.name":"ignored"},\
            "service_name":"orders","formattedMessage":"no stock","message":"no {}","arguments":["stock"],\
            "throwable":{"className":"shop.NoStock","message":"sku 7","stepArray":[{"className":"shop.Orders","lineNumber":3}]}}""";
    static final String LOG4J_JSON_LAYOUT = """
            {"instant":{"epochSecond":1767225600,"nanoOfSecond":310000000},"thread":"worker-1","level":"ERROR",\
            "loggerName":"shop.Orders","message":"no stock","thrown":{"name":"shop.NoStock","message":"sku 7",\
            "extendedStackTrace":"shop.NoStock: sku 7"},"serviceName":"orders",\
            "contextMap":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"}}""";
    static final String ECS = """
            {"@timestamp":"2026-01-01T00:00:00.310Z","ecs.version":"1.2.0","log.level":"ERROR","message":"no stock",\
            "process.thread.name":"worker-1","log.logger":"shop.Orders","service.name":"orders",\
            "trace.id":"4bf92f3577b34da6a3ce929d0e0e4736","span.id":"00f067aa0ba902b7",\
            "error.type":"shop.NoStock","error.stack_trace":"shop.NoStock: sku 7"}""";
    static final String ECS_NESTED = """
            {"@timestamp":"2026-01-01T00:00:00.310Z","log":{"level":"ERROR","logger":"shop.Orders"},"message":"no stock",\
            "service":{"name":"orders","version":"1.4"},"trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"},\
            "span":{"id":"00f067aa0ba902b7"}}""";
    static final String GELF = """
            {"version":"1.1","host":"node-1","short_message":"no stock","full_message":"no stock\\nat shop.Orders",\
            "timestamp":1767225600.310,"level":3,"_service":"orders","_trace_id":"4bf92f3577b34da6a3ce929d0e0e4736",\
            "_span_id":"00f067aa0ba902b7"}""";
    static final String PINO = """
            {"level":50,"time":1767225600310,"pid":7,"hostname":"node-1","msg":"no stock","service":"orders",\
            "err":{"type":"NoStock","message":"sku 7","stack":"NoStock: sku 7"},\
            "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","trace_flags":"01"}""";
    static final String PYTHON = """
            {"asctime":"2026-01-01 00:00:00,310","levelname":"ERROR","name":"shop.orders","message":"no stock",\
            "otelTraceID":"4bf92f3577b34da6a3ce929d0e0e4736","otelSpanID":"00f067aa0ba902b7","otelTraceSampled":true,\
            "otelServiceName":"orders"}""";
    static final String SERILOG = """
            {"@t":"2026-01-01T00:00:00.3100000Z","@m":"no stock","@mt":"no {What}","@l":"Error","What":"stock",\
            "@tr":"4bf92f3577b34da6a3ce929d0e0e4736","@sp":"00f067aa0ba902b7","service":"orders"}""";
    static final String GOOGLE = """
            {"severity":"ERROR","message":"no stock","timestamp":{"seconds":1767225600,"nanos":310000000},\
            "serviceContext":{"service":"orders"},"logging.googleapis.com/trace":\
            "projects/shop/traces/4bf92f3577b34da6a3ce929d0e0e4736","logging.googleapis.com/spanId":"00f067aa0ba902b7",\
            "logging.googleapis.com/trace_sampled":true}""";
    static final String DATADOG_WIDE = """
            {"date":"today","timestamp":"2026-01-01T00:00:00.310Z","level":"error","message":"no stock","dd.service":"orders",\
            "dd.env":"prod","dd.trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","dd.span_id":"67667974448284343"}""";
    static final String ZAP = """
            {"level":"error","ts":1767225600.31,"caller":"shop/orders.go:7","msg":"no stock","service":"orders",\
            "traceID":"4bf92f3577b34da6a3ce929d0e0e4736","spanID":"00f067aa0ba902b7","stacktrace":"main.main"}""";
    static final String MONOLOG = """
            {"message":"no stock","context":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"},\
            "level":400,"level_name":"ERROR","channel":"shop","datetime":"2026-01-01T00:00:00.310000+00:00",\
            "extra":[],"service":"orders"}""";
    static final String RUST = """
            {"timestamp":"2026-01-01T00:00:00.310000Z","level":"ERROR","fields":{"message":"no stock","sku":7},\
            "target":"shop","service":"orders","span":{"name":"order","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736",\
            "span_id":"00f067aa0ba902b7"}}""";
    static final String SERILOG_RENDERED = """
            {"Timestamp":"2026-01-01T01:00:00.3100000+01:00","Level":"Error","MessageTemplate":"no {What}",\
            "RenderedMessage":"no stock","TraceId":"4bf92f3577b34da6a3ce929d0e0e4736","SpanId":"00f067aa0ba902b7",\
            "Properties":{"What":"stock"},"service":"orders"}""";
    static final String ZAP_DEVELOPMENT = """
            {"L":"ERROR","T":"2026-01-01T00:00:00.310Z","C":"shop/orders.go:7","M":"no stock","service":"orders",\
            "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"}""";
    static final String GOOGLE_LOG4J = """
            {"timestamp":"2026-01-01T00:00:00.310Z","severity":"ERROR","message":"no stock","service":"orders",\
            "logging.googleapis.com/labels":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"},\
            "_exception":{"class":"shop.NoStock","message":"sku 7"},"_thread":"worker-1"}""";
    static final String GOOGLE_ENTRY = """
            {"insertId":"7","jsonPayload":{"message":"no stock","service":"orders"},"timestamp":"2026-01-01T00:00:00.310Z",\
            "severity":"ERROR","trace":"projects/shop/traces/4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7",\
            "traceSampled":true,"logName":"projects/shop/logs/stdout"}""";
    static final String LOGURU = """
            {"text":"no stock\\n","record":{"extra":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736",\
            "span_id":"00f067aa0ba902b7"},"level":{"name":"ERROR","no":40},"message":"no stock","service":"orders",\
            "time":{"repr":"2026-01-01 00:00:00.310000+00:00","timestamp":1767225600.31}}}""";
    static final String AZURE = """
            {"time":"2026-01-01T00:00:00.310Z","level":"Error","message":"no stock","service":"orders",\
            "operation_Id":"4bf92f3577b34da6a3ce929d0e0e4736","operation_ParentId":"00f067aa0ba902b7"}""";
    static final String ELASTIC_APM = """
            {"@timestamp":"2026-01-01T00:00:00.310Z","log.level":"error","message":"no stock","service":{"name":"orders"},\
            "trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"},"transaction":{"id":"00f067aa0ba902b7"}}""";
    static final String PYTHON_CONSOLE = """
            {"body":"no stock","severity_number":17,"severity_text":"ERROR","attributes":{},"timestamp":"2026-01-01T00:00:00.310000Z",\
            "trace_id":"0x4bf92f3577b34da6a3ce929d0e0e4736","span_id":"0x00f067aa0ba902b7","trace_flags":1,\
            "resource":{"attributes":{"service.name":"orders"}}}""";
    static final String SEMANTIC_LOGGER = """
            {"timestamp":"2026-01-01T00:00:00.310000Z","level":"error","thread":"puma-1","name":"Orders","message":"no stock",\
            "named_tags":{"dd":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"67667974448284343"}},"service":"orders"}""";
    static final String SLEUTH = """
            {"@timestamp":"2026-01-01T00:00:00.310Z","severity":"ERROR","service":"orders","message":"no stock",\
            "trace":"4bf92f3577b34da6a3ce929d0e0e4736","span":"00f067aa0ba902b7"}""";
    static final String FILEBEAT = """
            {"@timestamp":"2026-01-01T00:00:00.310Z","json":{"level":"error","msg":"no stock","service":"orders",\
            "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"},"input":{"type":"container"}}""";

    private AppLogs() {}

    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("OpenTelemetry", OTEL);
        all.put("logstash-logback-encoder", LOGSTASH);
        all.put("Logback's JsonEncoder", LOGBACK);
        all.put("Log4j's JsonLayout", LOG4J_JSON_LAYOUT);
        all.put("ECS", ECS);
        all.put("ECS, nested", ECS_NESTED);
        all.put("GELF", GELF);
        all.put("pino", PINO);
        all.put("Python", PYTHON);
        all.put("Serilog", SERILOG);
        all.put("Google", GOOGLE);
        all.put("Datadog", DATADOG_WIDE);
        all.put("zap", ZAP);
        all.put("Monolog", MONOLOG);
        all.put("Rust's tracing", RUST);
        all.put("Serilog's JSON, rendered", SERILOG_RENDERED);
        all.put("zap, development", ZAP_DEVELOPMENT);
        all.put("Google, from Log4j", GOOGLE_LOG4J);
        all.put("Google's LogEntry", GOOGLE_ENTRY);
        all.put("Loguru", LOGURU);
        all.put("Application Insights", AZURE);
        all.put("ECS, of a transaction", ELASTIC_APM);
        all.put("Filebeat's decoded JSON", FILEBEAT);
        all.put("OpenTelemetry for Python, console", PYTHON_CONSOLE);
        all.put("Ruby's semantic_logger", SEMANTIC_LOGGER);
        all.put("Spring Cloud Sleuth", SLEUTH);
        return all;
    }
}
