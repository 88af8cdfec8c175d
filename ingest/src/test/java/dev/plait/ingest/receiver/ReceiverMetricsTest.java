package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class ReceiverMetricsTest {
    private static final String[] PROTOBUF = {"content-type", "application/x-protobuf"};

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    @Test
    void requests_areCountedByAnswer() throws IOException, JMException {
        byte[] withoutIds = java.util.HexFormat.of().parseHex("0a061204" + "1200" + "1200");
        try (ReceiverFixture fixture = new ReceiverFixture()) {
            fixture.post("/v1/traces", Bodies.small(), PROTOBUF);
            fixture.post("/v1/traces", withoutIds, PROTOBUF);
            fixture.post("/v1/traces", new byte[] {0x0f}, PROTOBUF);
            fixture.post("/v1/traces", Bodies.small());

            assertThat(value("signal=traces,answer=accepted", "requests-total")).isEqualTo(2);
            assertThat(value("signal=traces,answer=malformed", "requests-total"))
                    .isEqualTo(1);
            assertThat(value("signal=traces,answer=unsupported", "requests-total"))
                    .isEqualTo(1);
            assertThat(value("signal=traces", "refused-items-total")).isEqualTo(2);
            assertThat(value("signal=traces", "written-bytes-total"))
                    .isEqualTo(Bodies.small().length + withoutIds.length);
            assertThat(value("signal=logs,answer=accepted", "requests-total")).isZero();
        }
    }

    @Test
    void inFlight_isWhatIsNotAnswered() throws IOException, JMException, InterruptedException {
        try (ReceiverFixture fixture = new ReceiverFixture()) {
            CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
            fixture.topics.acknowledge(() -> acknowledgement);

            var answer = fixture.posted("/v1/traces", Bodies.small(), PROTOBUF);
            assertThat(fixture.topics.arrived().poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(value("", "requests-in-flight")).isEqualTo(1);
            assertThat(value("", "in-flight-bytes")).isPositive();
            acknowledgement.complete(null);
            answer.join();

            assertThat(value("", "requests-in-flight")).isZero();
            assertThat(value("", "in-flight-bytes")).isZero();
        }
    }

    @Test
    void beans_goWithTheReceivers() throws IOException, JMException {
        new ReceiverFixture().close();

        assertThat(beans.queryNames(new ObjectName("dev.plait:type=receiver-metrics,*"), null))
                .isEmpty();
    }

    private long value(String tags, String attribute) throws JMException {
        ObjectName name = new ObjectName("dev.plait:type=receiver-metrics" + (tags.isEmpty() ? "" : "," + tags));
        return ((Number) beans.getAttribute(name, attribute)).longValue();
    }
}
