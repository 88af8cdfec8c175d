package dev.plait.ingest.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.ingest.accesslog.RecordedLogs;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Formats of JSON lines as whole configurations have them: with objects in objects, and members that are the same in each line. */
class JsonFormatTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void membersOfObjects_areReadByTheirPath() {
        MeshDecoder decoder = decoder(Map.of(
                "http.request.method", "%REQ(:METHOD)%",
                "http.response.code", "%RESPONSE_CODE%",
                "ctx.trace", "%TRACE_ID%"));

        RecordedLogs.Log nested = RecordedLogs.of(
                        decoder,
                        "{\"http\":{\"request\":{\"method\":\"GET\",\"team\":\"a\"},\"response\":{\"code\":\"503\"}},"
                                + "\"ctx\":{\"trace\":\"" + TRACE + "\",\"zone\":{\"name\":\"east\"}}}")
                .only();

        assertThat(nested.trace()).isEqualTo(TRACE);
        assertThat(nested.isError()).isTrue();
        assertThat(nested.attributes())
                .isEqualTo(Map.of(
                        "http.request.method", "GET",
                        "http.response.status_code", "503",
                        "http.request.team", "a",
                        "ctx.zone.name", "east"));
    }

    @Test
    void namesWithDots_areMembersToo_andAnObjectForAValueIsNone() {
        MeshDecoder decoder = decoder(Map.of("http.code", "%RESPONSE_CODE%", "http", "%REQ(:PATH)%"));

        RecordedLogs.Log flat =
                RecordedLogs.of(decoder, "{\"http.code\":200,\"http\":\"/a\"}").only();
        RecordedLogs.Log odd = RecordedLogs.of(decoder, "{\"http\":{\"code\":[1]},\"http.code\":200}")
                .only();

        assertThat(flat.attributes()).isEqualTo(Map.of("http.response.status_code", "200", "url.path", "/a"));
        assertThat(odd.attributes()).isEqualTo(Map.of("http.response.status_code", "200"));
    }

    @Test
    void memberWithoutAnOperator_isAnAttribute_alsoUnderAKnownName() {
        MeshDecoder decoder = decoder(Map.of("code", "%RESPONSE_CODE%", "host", "edge-1", "kind", "access"));

        RecordedLogs.Log log = RecordedLogs.of(decoder, "{\"code\":200,\"host\":\"edge-1\",\"kind\":\"access\"}")
                .only();

        assertThat(log.attributes())
                .isEqualTo(Map.of("http.response.status_code", "200", "host", "edge-1", "kind", "access"));
    }

    private static MeshDecoder decoder(Map<String, String> members) {
        return new MeshDecoder(MeshFormat.of("", members));
    }
}
