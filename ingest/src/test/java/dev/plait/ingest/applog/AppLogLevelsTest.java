package dev.plait.ingest.applog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppLogLevelsTest {
    private final AppLogDecoder decoder = new AppLogDecoder();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "ddsource":"nginx","status":"error"  | 17
            "ddtags":"env:prod","status":"warn"  | 13
            "ddsource":"ruby","status":404       | 0
            "ddsource":"ruby","status":"shipped" | 0
            "status":"error"                     | 0
            """)
    void statusOfDatadog_isTheLevel(String members, int severity) {
        RecordedLogs.Log log =
                RecordedLogs.of(decoder, "{\"message\":\"m\"," + members + "}").only();

        assertThat(log.record().getSeverityNumberValue()).isEqualTo(severity);
    }

    @Test
    void compactLogWithoutALevel_isInformation() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, "{\"@t\":\"2026-01-01T00:00:00Z\",\"@mt\":\"no {What}\"}")
                .only();

        assertThat(log.record().getSeverityNumberValue()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE,1",
        "FINER,3",
        "debug,5",
        "CONFIG,8",
        "info,9",
        "Information,9",
        "NOTICE,10",
        "WARN,13",
        "Warning,13",
        "SEVERE,17",
        "err,17",
        "CRITICAL,18",
        "panic,19",
        "FATAL,21",
        "log,9",
        "success,10",
        "VRB,1",
        "DBG,5",
        "INF,9",
        "wrn,13",
        "fail,17",
        "FTL,21",
        "INFO+2,11",
        "DEBUG-4,1",
        "WARN+1,14",
        "ERROR+40,24",
        "info-,0",
        "INFO+x,0",
        "EMERGENCY,21",
        "10,1",
        "20,5",
        "30,9",
        "35,9",
        "40,13",
        "50,17",
        "60,21",
        "0,21",
        "1,19",
        "2,18",
        "3,17",
        "4,13",
        "5,10",
        "6,9",
        "7,5",
        "100,5",
        "200,9",
        "250,10",
        "300,13",
        "400,17",
        "500,18",
        "550,19",
        "600,21",
    })
    void level_becomesASeverity(String level, int number) {
        String value = Character.isDigit(level.charAt(0)) ? level : '"' + level + '"';

        RecordedLogs.Log log = RecordedLogs.of(decoder, "{\"msg\":\"m\",\"level\":" + value + "}")
                .only();

        assertThat(log.record().getSeverityNumberValue()).isEqualTo(number);
        assertThat(log.record().getSeverityText()).isNotEmpty();
    }

    @Test
    void coloursOfALevel_areNoPartOfIt() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, "{\"msg\":\"m\",\"level\":\"\\u001b[33mwarn\\u001b[39m\"}")
                .only();

        assertThat(log.record().getSeverityText()).isEqualTo("warn");
        assertThat(log.record().getSeverityNumberValue()).isEqualTo(13);
    }

    @ParameterizedTest
    @CsvSource({"0,5", "1,9", "2,13", "3,17", "4,21", "5,0"})
    void levelOfApplicationInsights_hasAScaleOfItsOwn(int level, int number) {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder, "{\"message\":\"m\",\"cloud_RoleName\":\"orders\",\"severityLevel\":" + level + "}")
                .only();

        assertThat(log.record().getSeverityNumberValue()).isEqualTo(number);
        assertThat(log.resource()).isEqualTo(Map.of("service.name", "orders"));
    }

    @ParameterizedTest
    @CsvSource({"3,17", "9,9", "13,13", "17,17", "30,9"})
    void severityOfGosConsoleExporter_isOtlps(int severity, int number) {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder,
                        "{\"SeverityText\":\"\",\"Body\":{\"Type\":\"String\",\"Value\":\"m\"},\"Severity\":" + severity
                                + "}")
                .only();

        assertThat(log.record().getSeverityNumberValue()).isEqualTo(number);
    }

    @Test
    void unknownLevel_isKept() {
        RecordedLogs text = RecordedLogs.of(decoder, "{\"msg\":\"m\",\"level\":\"purple\"}");
        RecordedLogs number = RecordedLogs.of(decoder, "{\"msg\":\"m\",\"level\":9000}");

        assertThat(text.only().record().getSeverityText()).isEqualTo("purple");
        assertThat(text.only().record().getSeverityNumberValue()).isZero();
        assertThat(number.only().attributes()).isEqualTo(Map.of("level", "9000"));
        assertThat(number.normalised).containsEntry("bad_level", 1);
    }
}
