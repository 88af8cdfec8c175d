package dev.plait.correlator.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.correlator.red.MapBytes;
import dev.plait.correlator.red.RedRules;
import dev.plait.schemas.model.EdgeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EdgeWindowsTest {
    private static final long NOON = 1_767_268_800_000L;
    private final MapBytes bytes = new MapBytes();
    private final List<EdgeWindow> out = new ArrayList<>();

    @Test
    void window_countsBothSidesAndSurvivesARestart() {
        RedRules rules = new RedRules(10_000, 120_000, 10);
        add(new EdgeWindows(rules, "0", bytes), edge("web|1", "orders", true, 30, 20), 1);
        add(new EdgeWindows(rules, "0", bytes), edge("web|1", "orders", false, 50, 0), 2);

        new EdgeWindows(rules, "0", bytes).advance(NOON + 130_000, out::add);

        EdgeWindow window = out.get(0);
        assertThat(out).hasSize(1);
        assertThat(window.client()).isEqualTo("web|1");
        assertThat(window.server()).isEqualTo("orders");
        assertThat(window.connection()).isEqualTo("http");
        assertThat(window.requests()).isEqualTo(2);
        assertThat(window.errors()).isEqualTo(1);
        assertThat(window.clientDuration().count()).isEqualTo(2);
        assertThat(window.clientDuration().sumNanos()).isEqualTo(80);
        assertThat(window.serverDuration().count()).isEqualTo(1);
        assertThat(window.exemplars())
                .containsExactly("00000000000000050000000000000001", "00000000000000050000000000000002");
        assertThat(window.last()).isTrue();
    }

    @Test
    void edgesBeyondTheLimit_areCountedAsOne() {
        EdgeWindows windows = new EdgeWindows(new RedRules(10_000, 120_000, 1), "4", bytes);
        for (int i = 0; i < 20; i++) {
            add(windows, edge("web", "host-" + i, false, 5, 5), 1);
        }

        windows.advance(NOON + 1_000, out::add);

        assertThat(out).hasSize(2);
        assertThat(out.stream().mapToLong(EdgeWindow::requests).sum()).isEqualTo(20);
        assertThat(out)
                .filteredOn(window -> window.client().equals("otel.metric.overflow"))
                .extracting(EdgeWindow::server)
                .containsExactly("4");
    }

    private static void add(EdgeWindows windows, TimedEdge edge, long traceLow) {
        EdgeDelta delta = new EdgeDelta();
        delta.add(new TimedEdge(
                edge.client(),
                edge.server(),
                edge.connection(),
                edge.error(),
                edge.clientNanos(),
                edge.serverNanos(),
                edge.endEpochNanos(),
                5,
                traceLow));
        assertThat(windows.add(EdgeKeys.of(edge), NOON, delta, NOON)).isTrue();
    }

    private static TimedEdge edge(String client, String server, boolean error, long clientNanos, long serverNanos) {
        return new TimedEdge(
                client,
                server,
                "http",
                error,
                OptionalLong.of(clientNanos),
                serverNanos == 0 ? OptionalLong.empty() : OptionalLong.of(serverNanos),
                1,
                0,
                0);
    }
}
