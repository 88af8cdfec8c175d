package dev.plait.correlator.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.model.JoinedBy;
import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.Source;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.model.SpanStatus;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureReaderTest {
    private static final Origin SHOP =
            new Origin(Map.of("service.name", "shop"), "", Source.OTLP, Map.of("region", "eu"));
    private final List<String> counted = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    private final MeasureReader.Output out = new MeasureReader.Output() {
        @Override
        public void measured(String seriesKey, long timeEpochNanos, BigInteger billionths) {
            counted.add(seriesKey + " @" + timeEpochNanos + " "
                    + new BigDecimal(billionths, 9).stripTrailingZeros().toPlainString());
        }

        @Override
        public void ignored(String reason) {
            ignored.add(reason);
        }
    };

    @Test
    void span_countsInTheSeriesOfItsLabels() {
        MeasureReader reader = new MeasureReader(
                List.of(rule("turnover", MeasureSource.SPAN, "service", "region", "order.kind", "absent")));

        reader.read(span(Map.of("order.total", 19.99, "order.kind", "a=b,c")), out);

        assertThat(counted)
                .containsExactly("measure=turnover,source=span,order.kind=a\\=b\\,c,region=eu,service=shop @7 19.99");
        assertThat(ignored).isEmpty();
    }

    @Test
    void accessLog_countsForItsOwnProxyOnlyAndWhenItEnded() {
        MeasureReader reader = new MeasureReader(List.of(
                rule("gateway", MeasureSource.GATEWAY_LOG, "route", "method", "status_class", "consumer", "refused"),
                rule("mesh", MeasureSource.MESH_LOG),
                rule("program", MeasureSource.LOG)));
        Map<String, Object> attributes = Map.of(
                "order.total", "5",
                "kong.route.name", "r",
                "http.request.method", "GET",
                "http.response.status_code", 429L,
                "kong.consumer.username", "ann",
                "kong.latency.total", 2.0);

        reader.read(log(true, attributes), out);
        reader.read(log(false, Map.of("order.total", 4L)), out);

        assertThat(counted)
                .containsExactly(
                        "measure=gateway,source=gateway-log,consumer=ann,method=GET,refused=429,route=r,status_class=4xx"
                                + " @2000007 5",
                        "measure=program,source=log @7 4");
    }

    @ParameterizedTest
    @CsvSource({
        "12, 12",
        "-0.5, -0.5",
        "+1.25e3, 1250",
        "' 7 ', 7",
        ".5, 0.5",
        "[1], 1",
        "'[\"2.5\"]', 2.5",
        "1e-999, 0",
        "0.0000000005, 0",
        "0.0000000015, 0.000000002",
        "999999999999999999, 999999999999999999"
    })
    void numericText_counts(String text, String number) {
        new MeasureReader(List.of(rule("turnover", MeasureSource.SPAN))).read(span(Map.of("order.total", text)), out);

        assertThat(counted).containsExactly("measure=turnover,source=span @7 " + number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12 EUR", "1,5", "NaN", "Infinity", "0x10", "--1", ".", "1e9999", "[1,2]", "[]"})
    void otherText_isIgnoredAndSaidSo(String text) {
        new MeasureReader(List.of(rule("turnover", MeasureSource.SPAN))).read(span(Map.of("order.total", text)), out);

        assertThat(counted).isEmpty();
        assertThat(ignored).containsExactly("not-a-number");
    }

    @Test
    void otherValues_areIgnoredWithTheirReason() {
        MeasureReader reader = new MeasureReader(List.of(rule("turnover", MeasureSource.SPAN)));

        reader.read(span(Map.of("order.total", true)), out);
        reader.read(span(Map.of("order.total", Double.NaN)), out);
        reader.read(span(Map.of("order.total", -1e18)), out);
        reader.read(span(Map.of("order.total", "1e999")), out);
        reader.read(span(Map.of()), out);

        assertThat(counted).isEmpty();
        assertThat(ignored).containsExactly("not-a-number", "not-a-number", "out-of-range", "out-of-range");
    }

    @Test
    void reader_readsItemsOfItsSourcesOnly() {
        MeasureReader spans = new MeasureReader(List.of(rule("a", MeasureSource.SPAN)));
        MeasureReader logs = new MeasureReader(List.of(rule("a", MeasureSource.LOG)));
        int span = ItemFlags.span(1);

        assertThat(spans.reads(span | ItemFlags.ENDED)).isTrue();
        assertThat(spans.reads(span)).isFalse();
        assertThat(spans.reads(ItemFlags.LOG)).isFalse();
        assertThat(spans.reads(ItemFlags.EXEMPLAR | ItemFlags.ENDED)).isFalse();
        assertThat(logs.reads(ItemFlags.LOG)).isTrue();
        assertThat(logs.reads(ItemFlags.LOG | ItemFlags.ACCESS_LOG)).isFalse();
        assertThat(new MeasureReader(List.of()).reads(span | ItemFlags.ENDED)).isFalse();
    }

    @Test
    void label_cannotBeOneThatEverySeriesHas() {
        assertThatThrownBy(() -> rule("turnover", MeasureSource.SPAN, "partition"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partition");
    }

    private static MeasureRule rule(String name, MeasureSource source, String... by) {
        return new MeasureRule(name, "order.total", "EUR", source, List.of(by), 10, Optional.empty());
    }

    private static ReceivedSpan span(Map<String, Object> attributes) {
        return new ReceivedSpan(
                1,
                0,
                "take",
                SpanKind.INTERNAL,
                5,
                7,
                SpanStatus.UNSET,
                "",
                false,
                attributes,
                List.of(),
                List.of(),
                SHOP);
    }

    private static ReceivedLog log(boolean access, Map<String, Object> attributes) {
        return new ReceivedLog(7, 0, "", 0, "", access, false, JoinedBy.TRACE_ID, attributes, SHOP);
    }
}
