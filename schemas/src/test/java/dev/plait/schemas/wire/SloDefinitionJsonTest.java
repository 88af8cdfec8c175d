package dev.plait.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.fixture.RandomSloDefinitions;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import dev.plait.schemas.model.SloDefinition.BurnPair;
import dev.plait.schemas.model.SloDefinition.Filter;
import dev.plait.schemas.model.SloDefinition.Indicator;
import dev.plait.schemas.wire.SloDefinitionJson.Defined;
import dev.plait.schemas.wire.SloDefinitionJson.Read;
import dev.plait.schemas.wire.SloDefinitionJson.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloDefinitionJsonTest {
    private static final SloDefinition ORDERS = new SloDefinition(
            "orders",
            "Orders",
            "Orders answer",
            "shop",
            1_767_225_600_000L,
            new Indicator(
                    RequestSource.GATEWAY_LOG,
                    Optional.empty(),
                    new Filter("route == \"orders\"", Long.MAX_VALUE),
                    new Filter("status < 500", 300_000_000),
                    false),
            List.of("route"),
            0.999,
            30,
            30 * 86_400_000L,
            10,
            3,
            List.of(new AlertRule(
                    "ErrorBudgetBurn",
                    Alert.Kind.BURN_RATE,
                    "page",
                    0,
                    List.of(new BurnPair(3_600_000, 300_000, 14.4)),
                    Optional.empty(),
                    0)));

    private static final String JSON = """
            {"version":1,"name":"orders","displayName":"Orders","description":"Orders answer","service":"shop",\
            "effectiveAtMs":1767225600000,"indicator":{"source":"gateway-log","metric":null,\
            "total":{"where":"route == \\"orders\\"","maxDurationNanos":null},\
            "match":{"where":"status < 500","maxDurationNanos":300000000},"matchIsBad":false},"groupBy":["route"],\
            "target":0.999,"windowDays":30,"periodMs":2592000000,"minEvents":10,"minBad":3,\
            "alerts":[{"name":"ErrorBudgetBurn","kind":"BURN_RATE","severity":"page","forMs":0,\
            "pairs":[{"longMs":3600000,"shortMs":300000,"factor":14.4}],"threshold":null,"absentMs":0}]}""";

    @Test
    void definition_isThisText() {
        assertThat(new String(SloDefinitionJson.write(ORDERS), UTF_8)).isEqualTo(JSON);
        assertThat(read(JSON)).isEqualTo(new Defined(ORDERS));
    }

    @Test
    void unknownFields_arePassedOver() {
        String newer = JSON.replace("\"metric\":null", "\"metric\":null,\"later\":[{\"a\":[1,2.5,null]}]")
                .replaceFirst("\\{", "{\"new\":{\"name\":\"x\"},");

        assertThat(read(newer)).isEqualTo(new Defined(ORDERS));
    }

    @Property(tries = 500)
    void anyDefinition_comesBack(@ForAll long seed) {
        SloDefinition definition = new RandomSloDefinitions(new Random(seed)).next();

        byte[] bytes = SloDefinitionJson.write(definition);

        assertThat(bytes).hasSizeLessThan(SloDefinitionJson.MAX_BYTES).isEqualTo(SloDefinitionJson.write(definition));
        assertThat(SloDefinitionJson.read(bytes)).isEqualTo(new Defined(definition));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":1            | \"version\":2           | version: 2; expected 1",
                "\"version\":1,           | ''                      | version: nothing; expected a whole number",
                "\"version\":1            | \"version\":\"1\"       | version: another type; expected a whole number",
                "\"name\":\"orders\"      | \"name\":\"\"           | name: ; expected a name",
                "\"name\":\"orders\"      | \"name\":\"a/b\"        | name: a/b; expected a name without /",
                "\"name\":\"orders\"      | \"name\":null           | name: nothing; expected text",
                "\"target\":0.999         | \"target\":1            | target: 1.0; expected above 0 and below 1",
                "\"target\":0.999         | \"target\":-0.5         | target: -0.5; expected above 0 and below 1",
                "\"target\":0.999         | \"target\":1e400        | target: Infinity; expected above 0 and below 1",
                "\"target\":0.999         | \"target\":true         | target: true; expected a number",
                "\"windowDays\":30        | \"windowDays\":4294967297 | windowDays: 2147483647; expected 1 to 366",
                "\"windowDays\":30        | \"windowDays\":99999999999999999999 | windowDays: 1.0E20; expected a whole number",
                "\"periodMs\":2592000000  | \"periodMs\":999        | periodMs: 999; expected 1 s to 366 days",
                "\"periodMs\":2592000000  | \"periodMs\":60000      | alerts: 3600000; expected windows within the period",
                "\"minBad\":3             | \"minBad\":-1           | minBad: -1; expected 0 or more",
                "1767225600000            | -1                      | effectiveAtMs: -1; expected 0 or more",
                "[\"route\"]              | [\"route\",\"route\"]   | groupBy: [route, route]; expected each name once",
                "[\"route\"]              | [7]                     | groupBy: 7; expected a list of texts",
                "[\"route\"]              | {}                      | groupBy: another type; expected a list of texts",
                "gateway-log              | psychic                 | source: psychic is unknown",
                "\"metric\":null          | \"metric\":\"m\"        | metric: m; expected a name exactly when the source is metric",
                "300000000}               | 0}                      | maxDurationNanos: 0; expected above 0",
                "\"shortMs\":300000       | \"shortMs\":3600001     | longMs: 3600000; expected not shorter than shortMs",
                "14.4                     | 0                       | factor: 0.0; expected a number above 0",
                "BURN_RATE                | ABSENCE                 | pairs: 1; expected some for a BURN_RATE",
                "BURN_RATE                | GUESS                   | kind: GUESS is unknown",
                "\"absentMs\":0           | \"absentMs\":5000       | absentMs: 5000; expected 0 unless it is an ABSENCE",
                "\"threshold\":null       | \"threshold\":{}        | measure: nothing; expected text"
            })
    void field_outOfBoundsIsRefused(String was, String is, String reason) {
        assertThat(JSON).contains(was);

        assertThat(read(JSON.replace(was, is))).isEqualTo(new Refused(reason));
    }

    @Test
    void lists_haveLimits() {
        String pair = "{\"longMs\":3600000,\"shortMs\":300000,\"factor\":14.4}";
        String rule = JSON.substring(JSON.indexOf("{\"name\":\"ErrorBudgetBurn\""), JSON.length() - 2);

        assertRefused(JSON.replace(pair, (pair + ",").repeat(10) + pair), "pairs: 11; expected at most 10");
        assertRefused(JSON.replace(rule, rule + "," + rule), "each name and severity once");
        assertRefused(JSON.replace(rule, (rule + ",").repeat(20) + rule), "alerts: 21; expected at most 20");
        assertRefused(JSON.replace("status < 500", "x".repeat(8193)), "where: 8193 characters; expected at most 8192");
        assertRefused(JSON.replace("\"orders\",", "\"" + "x".repeat(254) + "\","), "name: 254 characters");
    }

    @Test
    void bytes_thatAreNotADefinitionAreRefused() {
        assertRefused("", "an object is expected");
        assertRefused("null", "an object is expected");
        assertRefused("[" + JSON + "]", "an object is expected");
        assertRefused(JSON + JSON, "nothing is expected after the object");
        assertRefused(JSON.replace("0.999", "NaN"), "not JSON");
        assertRefused(JSON.replaceFirst("\\{", "{\"version\":1,"), "Duplicate field 'version'");
        assertRefused("{\"a\":".repeat(100_000), "nesting depth");
        assertRefused("[".repeat(100_000), "an object is expected");
        assertRefused("{\"name\":\"" + "x".repeat(1_000_000) + "\"}", "String value length");
        assertRefused("{\"name\":" + "9".repeat(50_000) + "}", "Number value length");
        assertRefused("{\"" + "x".repeat(1_000_000) + "\":1}", "String value length");
        assertRefused("{\"a\":[" + "1,".repeat(100_000) + "1]}", "more than 10000 values");
        assertRefused(JSON + " ".repeat(SloDefinitionJson.MAX_BYTES), "expected at most 1048576");
    }

    @Test
    void truncation_isRefused() {
        byte[] bytes = JSON.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(SloDefinitionJson.read(Arrays.copyOf(bytes, length))).isInstanceOf(Refused.class);
        }
    }

    @Property(tries = 2000)
    void mutatedBytes_areADefinitionOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = SloDefinitionJson.write(new RandomSloDefinitions(random).next());
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean()
                    ? (byte) random.nextInt()
                    : (byte) "{}[]\",:-0159.eE\\tfn".charAt(random.nextInt(19));
        }

        Read read = SloDefinitionJson.read(bytes);

        if (read instanceof Defined defined) {
            assertThat(SloDefinitionJson.read(SloDefinitionJson.write(defined.definition())))
                    .isEqualTo(read);
        } else {
            assertThat(((Refused) read).reason()).isNotEmpty().hasSizeLessThan(310);
        }
    }

    @Property(tries = 2000)
    void anyBytes_areRefused(@ForAll byte[] bytes) {
        assertThat(SloDefinitionJson.read(bytes)).isInstanceOf(Refused.class);
    }

    private static Read read(String json) {
        return SloDefinitionJson.read(json.getBytes(UTF_8));
    }

    private static void assertRefused(String json, String reason) {
        assertThat(read(json))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains(reason));
    }
}
