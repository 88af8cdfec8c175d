package dev.plait.ingest.applog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.envoy.MeshFormat;
import dev.plait.ingest.envoy.OtlpAccessLogs;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.model.Hex;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs of programs as collectors pass them on. Single quotes stand for double ones, back-ticks for escaped ones. */
class OtlpLogTracesTest {
    private final OtlpDecoder decoder = OtlpAccessLogs.decoder(MeshFormat.byDefault(), Redaction.DEFAULT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'attributes':[{'key':'trace_id','value':{'stringValue':'4bf92f3577b34da6a3ce929d0e0e4736'}},{'key':'span_id','value':{'stringValue':'00f067aa0ba902b7'}}] | 4bf92f3577b34da6a3ce929d0e0e4736 | 00f067aa0ba902b7
            'attributes':[{'key':'dd.trace_id','value':{'stringValue':'11803532876627986230'}}]  | 0000000000000000a3ce929d0e0e4736 | 0000000000000000
            'attributes':[{'key':'trace_id','value':{'intValue':'11803532876627986'}}]           | 00000000000000000029ef402834c012 | 0000000000000000
            'attributes':[{'key':'mdc','value':{'kvlistValue':{'values':[{'key':'traceId','value':{'stringValue':'a3ce929d0e0e4736'}}]}}}] | 0000000000000000a3ce929d0e0e4736 | 0000000000000000
            'body':{'kvlistValue':{'values':[{'key':'log','value':{'stringValue':'m'}},{'key':'traceId','value':{'stringValue':'a3ce929d0e0e4736'}}]}} | 0000000000000000a3ce929d0e0e4736 | 0000000000000000
            'body':{'stringValue':'{`msg`:`m`,`traceparent`:`00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`}'} | 4bf92f3577b34da6a3ce929d0e0e4736 | 00f067aa0ba902b7
            'body':{'stringValue':'2026-01-01T00:00:00.31Z stdout F {`msg`:`m`,`traceId`:`a3ce929d0e0e4736`}'} | 0000000000000000a3ce929d0e0e4736 | 0000000000000000
            'body':{'stringValue':'{`log`:`{}`,`TRACE_ID`:`a3ce929d0e0e4736`}\\n'},'spanId':'00f067aa0ba902b7' | 0000000000000000a3ce929d0e0e4736 | 00f067aa0ba902b7
            """)
    void recordOfATraceInItsOwnWords_isOfThatTrace(String members, String trace, String span) {
        RecordingSink sink = decoded(members);

        RecordingSink.Item log = sink.onlyItem();
        assertThat(Hex.of(log.traceHigh(), log.traceLow())).isEqualTo(trace);
        assertThat(Hex.of(log.spanId())).isEqualTo(span);
        assertThat(sink.normalised()).containsEntry("trace_by_name", 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'body':{'stringValue':'the trace of a rabbit'}
            'body':{'stringValue':'{`trace_id`:'}
            'body':{'stringValue':'2026-01-01T00:00:00.31Z stdout F trace_id=a3ce929d0e0e4736'}
            'body':{'stringValue':'2026-01-01T00:00:00.31Z stdout F'},'attributes':[{'key':'retrace'}]
            'body':{'stringValue':'{`trace_id`:`nothing`,`msg`:`m`}'}
            'body':{'stringValue':'{`order`:7,`trace`:`#0 shop.php`}'}
            'body':{'arrayValue':{'values':[{'stringValue':'trace_id'}]}}
            'attributes':[{'key':'trace_id'}]
            'attributes':[{'key':'trace_id','value':{'stringValue':'-'}}]
            """)
    void recordThatNamesNone_isUntraced(String members) {
        RecordingSink sink = decoded(members);

        assertThat(sink.onlyItem().traceLow()).isZero();
        assertThat(sink.normalised()).doesNotContainKey("trace_by_name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'traceId':'00000000000000000000000000000007','attributes':[{'key':'trace_id','value':{'stringValue':'4bf92f3577b34da6a3ce929d0e0e4736'}}]
            """)
    void traceOfTheRecord_comesFirst(String members) {
        RecordingSink sink = decoded(members);

        assertThat(sink.onlyItem().traceLow()).isEqualTo(7);
        assertThat(sink.normalised()).isEqualTo(Map.of());
    }

    @Test
    void bodiesAfterManyThatAreBroken_areNotLookedInto_inThatRecord() {
        String good = "'body':{'stringValue':'{`msg`:`m`,`traceId`:`a3ce929d0e0e4736`}'}";
        String broken = "'body':{'stringValue':'{`trace`'}},{";

        assertThat(decoded(broken.repeat(499) + good).normalised()).containsEntry("trace_by_name", 1);
        assertThat(decoded(broken.repeat(500) + good).normalised()).doesNotContainKey("trace_by_name");
        assertThat(decoded(good).normalised()).containsEntry("trace_by_name", 1);
    }

    private RecordingSink decoded(String members) {
        String json = "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'timeUnixNano':'1767225600310000000'," + members
                + "}]}]}]}";
        RecordingSink sink = new RecordingSink();

        assertThat(decoder.decode(json.replace('\'', '"').replace("`", "\\\"").getBytes(UTF_8), sink))
                .isEmpty();
        return sink;
    }
}
