package dev.plait.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RootCause;
import dev.plait.schemas.model.SloStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The JSON of alerts and of SLO status: their field names and order are what consumers rely on. */
class AlertJsonTest {
    private static final SloStatus.Burn BURN = new SloStatus.Burn("page", "1h", "5m", 14.4, 20.5, 30, true);
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void alert_hasTheFieldsOfItsRecord() throws IOException {
        Alert.Evidence evidence = new Alert.Evidence(
                List.of(new Alert.TraceExample(TRACE_ID, "shop", Optional.of("pay-v1"), 503, 7, true)),
                List.of(new Alert.Contributor("route", "pay-v1", 3, 0.75)),
                List.of(new Alert.RootCauseShare("bank", "POST /pay", RootCause.Kind.UPSTREAM, 2, 1)),
                List.of(new Alert.LogLine(Optional.of(TRACE_ID), Optional.empty(), Optional.of("ERROR"), "no\ud83d")));

        JsonNode json = read(AlertJson.write(alert(evidence, List.of(BURN))));

        assertThat(json.toString())
                .isEqualTo("{\"fingerprint\":\"00ff\",\"revision\":3,\"name\":\"pay-burn\",\"kind\":\"BURN_RATE\","
                        + "\"state\":\"RESOLVED\",\"severity\":\"page\",\"slo\":\"pay\",\"service\":null,"
                        + "\"labels\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"},\"annotations\":{\"summary\":\"s\"},"
                        + "\"startsAtMs\":1000,\"endsAtMs\":3000,\"updatedAtMs\":3000,"
                        + "\"burn\":[{\"severity\":\"page\",\"longWindow\":\"1h\",\"shortWindow\":\"5m\",\"factor\":14.4,"
                        + "\"longRate\":20.5,\"shortRate\":30.0,\"exceeded\":true}],"
                        + "\"counts\":{\"good\":9,\"bad\":4,\"total\":13},\"budgetRemaining\":0.5,\"exhaustsAtMs\":null,"
                        + "\"evidence\":{\"traces\":[{\"traceId\":\"" + TRACE_ID + "\",\"service\":\"shop\","
                        + "\"route\":\"pay-v1\",\"status\":503,\"durationNanos\":7,\"error\":true}],"
                        + "\"contributors\":[{\"dimension\":\"route\",\"value\":\"pay-v1\",\"bad\":3,\"share\":0.75}],"
                        + "\"rootCauses\":[{\"service\":\"bank\",\"operation\":\"POST /pay\",\"kind\":\"UPSTREAM\","
                        + "\"count\":2,\"share\":1.0}],\"logs\":[{\"traceId\":\"" + TRACE_ID + "\",\"service\":null,"
                        + "\"severity\":\"ERROR\",\"body\":\"no\ud83d\"}]}}");
    }

    @Test
    void alert_withoutBurnOrStatus_hasNulls() throws IOException {
        Alert.Evidence evidence = new Alert.Evidence(
                List.of(new Alert.TraceExample(TRACE_ID, "shop", Optional.empty(), 0, 7, false)),
                List.of(),
                List.of(),
                List.of());

        JsonNode json = read(AlertJson.write(alert(evidence, List.of())));

        assertThat(json.get("burn").isNull()).isTrue();
        JsonNode trace = json.get("evidence").get("traces").get(0);
        assertThat(trace.get("status").isNull()).isTrue();
        assertThat(trace.get("route").isNull()).isTrue();
    }

    @Test
    void status_hasTheFieldsOfItsRecord() throws IOException {
        SloStatus status = new SloStatus(
                "pay",
                "shop",
                Map.of("route", "pay-v1", "region", "eu"),
                0.999,
                30,
                5_000,
                999,
                1,
                1_000,
                0.001,
                -0.25,
                OptionalLong.of(6_000),
                List.of(BURN),
                SloStatus.State.FIRING);

        JsonNode json = read(SloJson.write(status));

        assertThat(json.toString())
                .isEqualTo("{\"slo\":\"pay\",\"service\":\"shop\",\"group\":{\"region\":\"eu\",\"route\":\"pay-v1\"},"
                        + "\"target\":0.999,\"windowDays\":30,\"evaluatedAtMs\":5000,\"good\":999,\"bad\":1,"
                        + "\"total\":1000,\"errorRatio\":0.001,\"budgetRemaining\":-0.25,\"exhaustsAtMs\":6000,"
                        + "\"burn\":[{\"severity\":\"page\",\"longWindow\":\"1h\",\"shortWindow\":\"5m\",\"factor\":14.4,"
                        + "\"longRate\":20.5,\"shortRate\":30.0,\"exceeded\":true}],\"state\":\"FIRING\"}");
    }

    private static Alert alert(Alert.Evidence evidence, List<SloStatus.Burn> burn) {
        return new Alert(
                "00ff",
                3,
                "pay-burn",
                Alert.Kind.BURN_RATE,
                Alert.State.RESOLVED,
                "page",
                Optional.of("pay"),
                Optional.empty(),
                Map.of("c", "3", "a", "1", "b", "2"),
                Map.of("summary", "s"),
                1_000,
                OptionalLong.of(3_000),
                3_000,
                burn,
                new Alert.Counts(9, 4, 13),
                OptionalDouble.of(0.5),
                OptionalLong.empty(),
                evidence);
    }

    private static JsonNode read(byte[] json) throws IOException {
        return new ObjectMapper().readTree(json);
    }
}
