package dev.plait.ingest.applog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Serilog's messages, through the decoder that reads them. */
class MessageTemplateTest {
    private final AppLogDecoder decoder = new AppLogDecoder();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no {Sku} of {@Order}, {{never}} {$Count}       | no blue of {@Order}, {never} 7
            {Count:000} of {Price,10:0.00} {Gone:x}        | 007 of 1.50 {Gone:x}
            {Count} of {Price:0.00                         | 7 of {Price:0.00
            {} } {not a name} {a.b}                        | {} } {not a name} {a.b}
            """)
    void messageTemplate_isRendered(String template, String message) {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder,
                        "{\"@t\":\"2026-01-01T00:00:00Z\",\"@mt\":\"" + template
                                + "\",\"Sku\":\"blue\",\"Count\":7,\"Price\":1.5,\"@r\":[\"007\",\"1.50\"]}")
                .only();

        assertThat(log.record().getBody().getStringValue()).isEqualTo(message);
        assertThat(log.attributes()).containsEntry("Count", "7");
    }

    @Test
    void templateThatNamesALongTextOften_growsNoFurtherThanItsLimit() {
        RecordedLogs.Log log = RecordedLogs.of(
                        decoder,
                        "{\"@t\":\"2026-01-01T00:00:00Z\",\"@mt\":\"" + "{A}".repeat(1_000) + "\",\"A\":\""
                                + "x".repeat(1_000) + "\"}")
                .only();

        assertThat(log.record().getBody().getStringValue()).isEqualTo("x".repeat(4_000) + "{A}".repeat(996));
    }

    @Test
    void templateOfSerilogsJson_isRenderedWithItsProperties() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, """
                        {"Timestamp":"2026-01-01T00:00:00Z","Level":"Error","MessageTemplate":"no {Sku}","Properties":{"Sku":7}}""").only();

        assertThat(log.record().getBody().getStringValue()).isEqualTo("no 7");
        assertThat(log.attributes()).isEqualTo(Map.of("Properties.Sku", "7", "message_template.text", "no {Sku}"));
    }
}
