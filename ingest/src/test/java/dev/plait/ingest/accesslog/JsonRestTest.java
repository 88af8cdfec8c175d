package dev.plait.ingest.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.RecordingSink;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.applog.AppLogDecoder;
import dev.plait.ingest.envoy.MeshDecoder;
import dev.plait.ingest.jaeger.JaegerDecoder;
import dev.plait.ingest.kong.KongDecoder;
import dev.plait.ingest.zipkin.ZipkinDecoder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of JSON behind the 1000th item beyond a limit, or broken line: told as one more item, if there is anything. */
class JsonRestTest {
    private static final int MOST = 1_000;
    private static final String BROKEN = "{\"a\":x}";

    private enum Format {
        KONG(
                "\"request\":{\"method\":\"GET\",\"uri\":\"/a\"},\"response\":{\"status\":200},\"started_at\":1767225600123"),
        ENVOY("\"method\":\"GET\",\"path\":\"/a\",\"response_code\":200,\"start_time\":\"2026-01-01T00:00:00Z\""),
        LOG("\"level\":\"info\",\"msg\":\"x\",\"time\":\"2026-01-01T00:00:00Z\""),
        ZIPKIN("\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"id\":\"00f067aa0ba902b7\""),
        JAEGER("\"traceId\":\"S/kvNXezTaajzpKdDg5HNg==\",\"spanId\":\"APBnqgupArg=\"");

        private final String members;

        Format(String members) {
            this.members = members;
        }

        private String good() {
            return "{" + members + "}";
        }

        private String deep() {
            return "{" + members + ",\"x\":" + "[".repeat(70) + "]".repeat(70) + "}";
        }

        private Decoder decoder() {
            return switch (this) {
                case KONG -> new KongDecoder();
                case ENVOY -> new MeshDecoder();
                case LOG -> new AppLogDecoder();
                case ZIPKIN -> new ZipkinDecoder();
                case JAEGER -> new JaegerDecoder();
            };
        }

        /** An array of {@code count} items that are too deep. */
        private String deepArray(int count) {
            return "[" + deep() + (" , " + deep()).repeat(count - 1);
        }
    }

    private final RecordingSink sink = new RecordingSink();

    @ParameterizedTest
    @EnumSource
    void restOfAnArray_isOneItemMore(Format format) {
        String bad = format.deepArray(MOST);

        decode(format, bad + "\n,\n" + format.good() + "," + format.good() + "]");

        assertRefused(Reason.TOO_DEEP, 0, bad.length() + 3);
        assertThat(sink.items()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void itemBeyondALimit_afterSoMany_isOfTheRest(Format format) {
        String before = "[" + format.good() + "," + format.deepArray(MOST).substring(1) + ",";

        decode(format, before + format.deep() + "," + format.good() + "]");

        assertRefused(Reason.TOO_DEEP, 1, before.length());
        assertThat(sink.items()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void arrayThatEndsAfterSoMany_hasNoRest(Format format) {
        decode(format, "[" + format.good() + "," + format.deepArray(MOST).substring(1) + "\n]\n");

        assertRefused(Reason.TOO_DEEP, 1, -1);
        assertThat(sink.items()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void oneFewer_hasNoRest(Format format) {
        decode(format, format.deepArray(MOST - 1) + "," + format.good() + "]" + format.good());

        assertThat(sink.rejected()).hasSize(MOST - 1).allMatch(item -> item.reason() == Reason.TOO_DEEP);
        assertThat(sink.items()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void valueBehindTheArray_isTheRest(Format format) {
        String bad = format.deepArray(MOST) + "]\n";

        decode(format, bad + format.good());

        assertRefused(Reason.TOO_DEEP, 0, bad.length());
        assertThat(sink.items()).isEmpty();
    }

    @Test
    void restOfObjectsOneBehindTheOther_isOneItemMore() {
        String before = Format.KONG.good() + "\n" + (Format.KONG.deep() + "\n").repeat(MOST);

        decode(Format.KONG, before + Format.KONG.good());

        assertRefused(Reason.TOO_DEEP, 1, before.length());
        assertThat(sink.items()).hasSize(1);
    }

    @Test
    void objectsOneBehindTheOther_thatEndAfterSoMany_haveNoRest() {
        decode(Format.KONG, Format.KONG.good() + (Format.KONG.deep() + "\n").repeat(MOST));

        assertRefused(Reason.TOO_DEEP, 1, -1);
        assertThat(sink.items()).hasSize(1);
    }

    @Test
    void goodLineBehindSoManyBrokenOnes_isTheRest() {
        String before = Format.KONG.good() + "\n" + (BROKEN + "\n").repeat(MOST);

        decode(Format.KONG, before + Format.KONG.good());

        assertRefused(Reason.WRONG_FORMAT, 1, before.length());
        assertThat(sink.items()).hasSize(1);
    }

    @Test
    void brokenLines_thatEndAfterSoMany_haveNoRest() {
        decode(Format.KONG, Format.KONG.good() + "\n" + (BROKEN + "\n").repeat(MOST) + "\n");

        assertRefused(Reason.WRONG_FORMAT, 1, -1);
        assertThat(sink.items()).hasSize(1);
    }

    @Test
    void brokenLinesAndItemsBeyondALimit_areCountedTogether() {
        String pair = BROKEN + "\n" + Format.KONG.deep() + "\n";
        String before = Format.KONG.good() + "\n" + pair.repeat(MOST / 2);

        decode(Format.KONG, before + Format.KONG.good());

        List<Rejected> refused = sink.rejected();
        assertThat(refused).hasSize(MOST + 1);
        assertThat(refused.get(MOST - 2).reason()).isEqualTo(Reason.WRONG_FORMAT);
        assertThat(refused.get(MOST - 1).reason()).isEqualTo(Reason.TOO_DEEP);
        assertThat(refused.get(MOST).reason()).isEqualTo(Reason.TOO_MANY);
        assertThat(refused.get(MOST).atByte()).isEqualTo(before.length());
        assertThat(sink.items()).hasSize(1);
    }

    /** As a record of so many lines of another format is: one dead letter that holds them all. */
    @Test
    void brokenLinesAlone_refuseTheRecord() {
        String value = (BROKEN + "\n").repeat(MOST) + Format.KONG.good();

        Optional<Rejected> verdict = Format.KONG.decoder().decode(value.getBytes(UTF_8), sink);

        assertThat(verdict.map(Rejected::reason)).contains(Reason.WRONG_FORMAT);
        assertThat(verdict.map(Rejected::item)).contains(Rejected.WHOLE_RECORD);
    }

    private void decode(Format format, String value) {
        assertThat(format.decoder().decode(value.getBytes(UTF_8), sink)).isEmpty();
    }

    /** So many items for a reason of their own, numbered from {@code first} on, and then the rest, unless its byte is -1. */
    private void assertRefused(Reason reason, int first, int restAtByte) {
        List<Rejected> refused = sink.rejected();
        assertThat(refused).hasSize(restAtByte < 0 ? MOST : MOST + 1);
        for (int i = 0; i < refused.size(); i++) {
            assertThat(refused.get(i).item()).isEqualTo(first + i);
            assertThat(refused.get(i).reason()).isEqualTo(i < MOST ? reason : Reason.TOO_MANY);
        }
        if (restAtByte >= 0) {
            assertThat(refused.get(MOST).atByte()).isEqualTo(restAtByte);
            assertThat(refused.get(MOST).detail())
                    .startsWith("Too many: 1000 items beyond a limit")
                    .endsWith("the rest is not read from byte " + restAtByte);
        }
    }
}
