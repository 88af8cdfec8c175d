package dev.plait.ingest.otlp;

import dev.plait.ingest.redact.Redaction;

/** The three requests of OTLP. Their envelopes are alike: data, resource groups, scope groups, items. */
enum Signal {
    TRACES("TracesData", "spans"),
    LOGS("LogsData", "log records"),
    METRICS("MetricsData", "metrics");

    private final String data;
    private final String items;

    Signal(String data, String items) {
        this.data = data;
        this.items = items;
    }

    /** The request: field 1 is the list of resource groups. */
    MessageType data() {
        return OtlpSchema.message(data);
    }

    /** Field 1 is the resource, field 2 the list of scope groups. */
    MessageType resourceGroup() {
        return data().byNumber(1).message();
    }

    /** Field 1 is the scope, field 2 the list of items. */
    MessageType scopeGroup() {
        return resourceGroup().byNumber(2).message();
    }

    /** Whether this is a name of the list of scope groups. */
    boolean isScopes(String name) {
        return resourceGroup().byNumber(2).equals(resourceGroup().byName(name));
    }

    MessageType item() {
        return scopeGroup().byNumber(2).message();
    }

    /** What the items are called. */
    String items() {
        return items;
    }

    ItemScanner newScanner(Redaction redaction, ProxyLogs proxyLogs, LogTraces logTraces) {
        return switch (this) {
            case TRACES -> new SpanScanner(redaction);
            case LOGS -> new LogScanner(redaction, proxyLogs, logTraces);
            case METRICS -> new MetricScanner(redaction);
        };
    }
}
