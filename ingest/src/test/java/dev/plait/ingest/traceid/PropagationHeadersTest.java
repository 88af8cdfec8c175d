package dev.plait.ingest.traceid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PropagationHeadersTest {
    /** One readable header of each form, each with another trace ID, in the order in which they count. */
    private static final List<List<String>> FORMS = List.of(
            List.of("traceparent", "00-00000000000000000000000000000001-00f067aa0ba902b7-01"),
            List.of("b3", "0000000000000002-00f067aa0ba902b7-1"),
            List.of("x-b3-traceid", "0000000000000003"),
            List.of("uber-trace-id", "4:1:0:1"),
            List.of("x-datadog-trace-id", "5"),
            List.of("x-amzn-trace-id", "Root=1-00000000-000000000000000000000006"),
            List.of("x-cloud-trace-context", "00000000000000000000000000000007/1;o=1"),
            List.of("ot-tracer-traceid", "0000000000000008"),
            List.of("x-instana-t", "0000000000000009"));

    private final PropagationHeaders headers = new PropagationHeaders();

    @Test
    void headers_countInTheirOrder_whateverTheOrderOfArrival() {
        for (int first = 0; first < FORMS.size(); first++) {
            headers.clear();
            for (int i = FORMS.size() - 1; i >= first; i--) {
                headers.add(FORMS.get(i).get(0), FORMS.get(i).get(1));
            }

            assertThat(headers.traceId().orElseThrow().low()).isEqualTo(first + 1);
        }
    }

    @Test
    void headerNames_areTakenInAnyCase() {
        headers.add("X-B3-TraceId", "0000000000000003");

        assertThat(headers.traceId().orElseThrow().low()).isEqualTo(3);
    }

    @Test
    void traceparent_givenTwice_isInvalid() {
        headers.add("traceparent", FORMS.get(0).get(1));
        headers.add("traceparent", FORMS.get(0).get(1));

        assertThat(headers.traceId()).isEmpty();
        assertThat(headers.isEmpty()).isFalse();
    }

    @Test
    void malformedHeader_givesWayToTheNextForm() {
        headers.add("traceparent", "ff-00000000000000000000000000000001-00f067aa0ba902b7-01");
        headers.add("b3", "0");
        headers.add("x-instana-t", "0000000000000009");

        assertThat(headers.traceId().orElseThrow().low()).isEqualTo(9);
    }

    @Test
    void datadogHeaders_joinTheirHalves() {
        headers.add("x-datadog-tags", "_dd.p.tid=4bf92f3577b34da6");
        headers.add("x-datadog-trace-id", "11803532876627986230");

        assertThat(headers.traceId().orElseThrow().hex()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void otherHeaders_areNotKept() {
        headers.add("authorization", "Bearer 0000000000000009");

        assertThat(headers.isEmpty()).isTrue();
        assertThat(headers.traceId()).isEmpty();
    }
}
