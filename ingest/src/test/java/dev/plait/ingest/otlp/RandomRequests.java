package dev.plait.ingest.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests of any shape, some of whose ids are none; the same seed gives the same request. */
final class RandomRequests {
    private static final String[] KEYS = {
        "http.response.status_code",
        "error",
        "error.type",
        "http.route",
        "kong.request.id",
        "a",
        "名前",
        "rpc.status_code"
    };

    /** Without e, p and t no name of a secret can be spelt, as jwt or otp, whose value would be masked. */
    private static final String LETTERS = "abcdfghijklmnoqrsuvwxyz";

    private static final int[] ID_LENGTHS = {0, 7, 8, 15, 16, 17};

    private final Random random;

    RandomRequests(long seed) {
        this.random = new Random(seed);
    }

    ExportTraceServiceRequest traces() {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int group = random.nextInt(3); group >= 0; group--) {
            var resourceSpans = request.addResourceSpansBuilder();
            if (random.nextBoolean()) {
                resourceSpans.setResource(Samples.resource("s" + group));
            }
            for (int scope = random.nextInt(3); scope > 0; scope--) {
                ScopeSpans.Builder spans = resourceSpans.addScopeSpansBuilder();
                if (random.nextBoolean()) {
                    spans.setScope(Samples.scope());
                }
                for (int i = random.nextInt(5); i > 0; i--) {
                    spans.addSpans(span());
                }
            }
        }
        return request.build();
    }

    ExportLogsServiceRequest logs() {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        for (int group = random.nextInt(3); group >= 0; group--) {
            ScopeLogs.Builder logs = request.addResourceLogsBuilder().addScopeLogsBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                logs.addLogRecords(log());
            }
        }
        return request.build();
    }

    ExportMetricsServiceRequest metrics() {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        for (int group = random.nextInt(3); group >= 0; group--) {
            ScopeMetrics.Builder metrics = request.addResourceMetricsBuilder().addScopeMetricsBuilder();
            for (int i = random.nextInt(5); i > 0; i--) {
                metrics.addMetrics(metric());
            }
        }
        return request.build();
    }

    private Span span() {
        Span.Builder span = Span.newBuilder()
                .setTraceId(id(16))
                .setSpanId(id(8))
                .setName(text())
                .setKindValue(random.nextInt(7))
                .setStartTimeUnixNano(Samples.START + random.nextInt(1000))
                .setEndTimeUnixNano(random.nextInt(5) == 0 ? 0 : Samples.START + random.nextInt(1000))
                .addAllAttributes(attributes(0));
        if (random.nextBoolean()) {
            span.setParentSpanId(id(8));
        }
        if (random.nextInt(3) == 0) {
            span.getStatusBuilder().setCodeValue(random.nextInt(3)).setMessage(text());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            span.addEventsBuilder()
                    .setName(text())
                    .setTimeUnixNano(random.nextLong())
                    .addAllAttributes(attributes(1));
        }
        for (int i = random.nextInt(2); i > 0; i--) {
            span.addLinksBuilder().setTraceId(id(16)).setSpanId(id(8)).setFlags(random.nextInt());
        }
        return span.build();
    }

    private LogRecord log() {
        LogRecord.Builder log = LogRecord.newBuilder()
                .setTimeUnixNano(random.nextInt(2) * Samples.START)
                .setSeverityNumberValue(random.nextInt(25))
                .setTraceId(id(16))
                .setSpanId(id(8))
                .addAllAttributes(attributes(0));
        if (random.nextBoolean()) {
            log.setBody(value(0));
        }
        return log.build();
    }

    private Metric metric() {
        Metric.Builder metric = Metric.newBuilder().setName("m" + text()).setUnit(text());
        for (int i = random.nextInt(4); i >= 0; i--) {
            if (metric.hasExponentialHistogram() || !metric.hasGauge() && random.nextBoolean()) {
                metric.getExponentialHistogramBuilder()
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setScale(random.nextInt(60) - 30)
                                .addAllAttributes(attributes(1))
                                .addAllExemplars(exemplars())
                                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                        .setOffset(random.nextInt())
                                        .addBucketCounts(random.nextLong())));
            } else {
                NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                        .addAllAttributes(attributes(1))
                        .addAllExemplars(exemplars());
                switch (random.nextInt(4)) {
                    case 0 -> point.setFlags(1);
                    case 1 -> point.setAsInt(random.nextLong());
                    case 2 -> point.setAsDouble(random.nextDouble());
                    default -> point.clearValue();
                }
                metric.getGaugeBuilder().addDataPoints(point);
            }
        }
        return metric.build();
    }

    private List<Exemplar> exemplars() {
        List<Exemplar> exemplars = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            exemplars.add(Exemplar.newBuilder()
                    .setTraceId(id(16))
                    .setSpanId(id(8))
                    .setTimeUnixNano(random.nextLong())
                    .setAsInt(random.nextInt())
                    .addAllFilteredAttributes(attributes(1))
                    .build());
        }
        return exemplars;
    }

    private ByteString id(int length) {
        int actual = random.nextInt(4) == 0 ? ID_LENGTHS[random.nextInt(ID_LENGTHS.length)] : length;
        byte[] id = new byte[actual];
        if (random.nextInt(8) != 0) {
            random.nextBytes(id);
        }
        return ByteString.copyFrom(id);
    }

    private List<KeyValue> attributes(int depth) {
        List<KeyValue> attributes = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            attributes.add(KeyValue.newBuilder()
                    .setKey(random.nextInt(30) == 0 ? text().repeat(6) : KEYS[random.nextInt(KEYS.length)])
                    .setValue(value(depth))
                    .build());
        }
        return attributes;
    }

    private AnyValue value(int depth) {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (random.nextInt(depth > 3 ? 6 : 8)) {
            case 0 -> value.setStringValue(text());
            case 1 -> value.setIntValue(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(600));
            case 2 -> value.setDoubleValue(random.nextInt(600));
            case 3 -> value.setBoolValue(random.nextBoolean());
            case 4 -> value.setBytesValue(ByteString.copyFromUtf8(text()));
            case 5 -> value.clear();
            case 6 -> value.getArrayValueBuilder().addValues(value(depth + 1)).addValues(value(depth + 1));
            default -> value.getKvlistValueBuilder().addAllValues(attributes(depth + 1));
        }
        return value.build();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 300 : 12); i > 0; i--) {
            text.appendCodePoint(
                    random.nextInt(20) == 0
                            ? 0x1F600 + random.nextInt(50)
                            : LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
