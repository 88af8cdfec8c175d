package dev.plait.ingest.applog;

import static dev.plait.ingest.applog.AppLogs.NANOS;
import static dev.plait.ingest.applog.AppLogs.SPAN;
import static dev.plait.ingest.applog.AppLogs.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextLinesTest {
    static final String PATTERN = "^(?<timestamp>\\S+ \\S+) +(?<level>[A-Z]+) \\[(?<service>[^,]*),(?<trace_id>\\w*),"
            + "(?<span_id>\\w*)\\] (?<logger>\\S+) : (?<message>.*)";
    static final String LINE =
            "2026-01-01 00:00:00.310  WARN [orders," + TRACE + "," + SPAN + "] shop.Orders : no stock: sku=7";

    private final AppLogDecoder decoder = decoder(PATTERN);

    @Test
    void namedGroups_areTheFieldsOfTheLog() {
        RecordedLogs logs = RecordedLogs.of(decoder, LINE);
        RecordedLogs.Log log = logs.only();

        assertThat(log.trace()).isEqualTo(TRACE);
        assertThat(log.span()).isEqualTo(SPAN);
        assertThat(log.resource()).isEqualTo(Map.of("service.name", "orders"));
        assertThat(log.record().getTimeUnixNano()).isEqualTo(NANOS);
        assertThat(log.record().getSeverityNumberValue()).isEqualTo(13);
        assertThat(log.record().getBody().getStringValue()).isEqualTo("no stock: sku=7");
        assertThat(log.attributes()).isEqualTo(Map.of("logger", "shop.Orders"));
        assertThat(logs.normalised).isEmpty();
    }

    @Test
    void patternMayBeAnywhere_andWithoutMessageTheLineIsTheBody() {
        RecordedLogs logs = RecordedLogs.of(decoder("dd.trace_id=(?P<dd_trace_id>\\d+)"), "x dd.trace_id=7 y\r\n");

        assertThat(logs.only().trace()).isEqualTo("00000000000000000000000000000007");
        assertThat(logs.only().record().getBody().getStringValue()).isEqualTo("x dd.trace_id=7 y");
    }

    @Test
    void lineWithoutAMatch_isKeptUntraced() {
        RecordedLogs logs = RecordedLogs.of(decoder, "Started in 3 s\n" + LINE);

        assertThat(logs.verdict).isEmpty();
        assertThat(logs.logs).extracting(RecordedLogs.Log::trace).containsExactly("", TRACE);
        assertThat(logs.logs.get(0).record().getBody().getStringValue()).isEqualTo("Started in 3 s");
        assertThat(logs.normalised).isEqualTo(Map.of("unmatched_line", 1));
    }

    @Test
    void stackTrace_belongsToTheLogBefore() {
        String trace = "java.lang.IllegalStateException: no stock\n\tat shop.Orders.take(Orders.java:7)\n"
                + "Caused by: shop.NoStock: sku 7\n\t... 12 more";

        RecordedLogs logs = RecordedLogs.of(decoder, LINE + "\n" + trace + "\n" + LINE + "\nand then\n  more of it");

        assertThat(logs.logs).hasSize(3);
        assertThat(logs.logs.get(0).record().getBody().getStringValue()).isEqualTo("no stock: sku=7\n" + trace);
        assertThat(logs.logs.get(2).record().getBody().getStringValue()).isEqualTo("and then\n  more of it");
    }

    @Test
    void stackTraceOfAnotherRecord_hasNoLogBefore() {
        RecordedLogs.of(decoder, LINE);

        RecordedLogs logs = RecordedLogs.of(decoder, "\tat shop.Orders.take(Orders.java:7)");

        assertThat(logs.only().trace()).isEmpty();
    }

    @Test
    void jsonLines_mayStandBetween() {
        RecordedLogs logs = RecordedLogs.of(decoder, LINE + "\n" + AppLogs.PINO + "\n  at once\n{\"msg\":\n" + LINE);

        assertThat(logs.logs).extracting(RecordedLogs.Log::trace).containsExactly(TRACE, TRACE, "", TRACE);
        assertThat(logs.rejected).hasSize(1);
        assertThat(logs.rejected.get(0).item()).isEqualTo(3);
    }

    /** As the Kafka exporter's encoding {@code raw} writes a body of text with a stack trace. */
    @Test
    void quotedText_isReadAsWhatItHolds() {
        RecordedLogs logs = RecordedLogs.of(decoder, "\"" + LINE + "\\n\\tat shop.Orders\"");

        assertThat(logs.only().trace()).isEqualTo(TRACE);
        assertThat(logs.only().record().getBody().getStringValue()).endsWith("\n\tat shop.Orders");
    }

    @Test
    void colours_areTakenOff() {
        RecordedLogs logs = RecordedLogs.of(decoder, LINE.replace("WARN", "\u001b[33mWARN\u001b[0;39m"));

        assertThat(logs.only().trace()).isEqualTo(TRACE);
        assertThat(logs.normalised).isEqualTo(Map.of("ansi_colour", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "(, missing closing )",
        "a{2, has no named groups",
        "\\w+, has no named groups",
        "(\\w+), has no named groups",
        "(?<message>.*), none of its groups is a trace ID",
        "(?<trace_id>x)(?<trace_id>y), duplicate",
        "(?=x)(?<trace_id>y), unsupported",
        "(?<trace_id>x)\\1, invalid escape",
        "((?<trace_id>(x{100}){100}){100}), multiply to more than 100000",
        "(?<trace_id>x{99999}), multiply to more than 100000",
        "(?<trace_id>(x{90}){90}), larger than 2000 steps",
    })
    void badPattern_isRefused(String pattern, String why) {
        assertThatThrownBy(() -> LinePattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void longPattern_isRefused() {
        assertThatThrownBy(() -> LinePattern.of("(?<trace_id>x)" + "y".repeat(1000)))
                .hasMessageContaining("longer than 1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HH:mm:ss", "MMM dd HH:mm:ss", "yyyy-MM-dd", "yyyy-MM-dd HH", "yyyy-MM-dd hh:mm", "b", "[", "{"})
    void badTimeFormat_isRefused(String format) {
        assertThatThrownBy(() -> TimeFormat.of(format)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-MM-dd HH:mm:ss,SSS",
                "dd/MMM/yyyy:HH:mm:ss Z",
                "EEE MMM dd HH:mm:ss zzz yyyy",
                "uuuuMMddHHmm",
                "yyyy-MM-dd hh:mm:ss a"
            })
    void timeFormat_isTaken(String format) {
        assertThat(TimeFormat.of(format)).isNotNull();
    }

    static AppLogDecoder decoder(String pattern) {
        return new AppLogDecoder(AppLogForm.of(pattern, ""));
    }
}
