package dev.plait.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ConnectRestTest {
    private static final String CONNECTORS = """
            {"alerts":{"info":{"config":{"errors.deadletterqueue.topic.name":"alerts-dlq","token":"s3cret"}},
              "status":{"type":"sink","connector":{"state":"RUNNING"},"tasks":[
                {"id":0,"state":"RUNNING"},
                {"id":1,"state":"FAILED","trace":"ConnectException: refused\\n\\tat x.y"}]}},
             "files":{"status":{"type":"source","connector":{"state":"RUNNING"},"tasks":[]}}}""";

    @Test
    void failedTask_isAProblemWithTheFirstLineOfItsTrace() throws IOException {
        List<SinkState> sinks = answered(200, CONNECTORS);

        assertThat(sinks).extracting(SinkState::name).containsExactly("alerts");
        assertThat(Rule.all(SinkRules.ALL, sinks)).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.PROBLEM);
            assertThat(found.seen()).isEqualTo("1 of 2 tasks failed: ConnectException: refused");
        });
        assertThat(sinks.toString()).doesNotContain("s3cret");
    }

    /** Connect's own exception, the outermost, says the same of every failure. */
    @Test
    void failedTask_isExplainedByItsInnermostCause() throws IOException {
        List<SinkState> sinks = answered(
                200, CONNECTORS.replace("\\tat x.y", "\\tat x.y\\nCaused by: A: outer\\nCaused by: B: HTTP 401"));

        assertThat(Rule.all(SinkRules.ALL, sinks))
                .singleElement()
                .extracting(Finding::seen)
                .isEqualTo("1 of 2 tasks failed: B: HTTP 401");
    }

    @Test
    void groupAndTopics_areThoseOfTheConfiguration() throws IOException {
        List<SinkState> sinks =
                answered(200, CONNECTORS.replace("\"token\"", "\"topics\":\"plait-alerts, plait-slo\",\"token\""));

        assertThat(sinks.get(0).group()).isEqualTo("connect-alerts");
        assertThat(sinks.get(0).topics()).containsExactly("plait-alerts", "plait-slo");
        assertThat(answered(200, CONNECTORS.replace("\"token\"", "\"consumer.override.group.id\":\"pager\",\"token\""))
                        .get(0)
                        .group())
                .isEqualTo("pager");
    }

    /** Plait's workers do it by themselves. */
    @Test
    void failedTask_isNotToBeStartedByHandAtOnce() throws IOException {
        assertThat(Rule.all(SinkRules.ALL, answered(200, CONNECTORS)))
                .singleElement()
                .extracting(Finding::change)
                .asString()
                .startsWith("remove the cause: plait connect and plait up start it again by themselves");
    }

    @Test
    void deadLettersOfASharedTopic_areThoseOfTheirConnector() {
        SinkLetters letters = new SinkLetters();
        letters.add(letter("alerts"));
        letters.add(letter("alerts"));
        letters.add(new ConsumerRecord<>("plait-dead-letters", 0, 2, null, new byte[0]));

        assertThat(letters.count("alerts")).isEqualTo(2);
        assertThat(letters.count("traces")).isZero();
    }

    private static ConsumerRecord<byte[], byte[]> letter(String connector) {
        ConsumerRecord<byte[], byte[]> letter = new ConsumerRecord<>("plait-dead-letters", 0, 0, null, new byte[0]);
        letter.headers().add("__connect.errors.connector.name", Bytes.text(connector));
        return letter;
    }

    @Test
    void deadLettersOfASink_areAWarning() throws IOException {
        List<SinkState> sinks = answered(200, CONNECTORS.replace("FAILED", "RUNNING")).stream()
                .map(sink -> sink.withDeadLetters(3))
                .toList();

        assertThat(Rule.all(SinkRules.ALL, sinks)).extracting(Finding::code).containsExactly("sink-dead-letters");
    }

    @Test
    void answerThatIsNoWorkers_isAnError() {
        assertThatThrownBy(() -> answered(503, "busy"))
                .isInstanceOf(IOException.class)
                .hasMessage("status 503");
        assertThatThrownBy(() -> answered(200, "<html>")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new ConnectRest("kafka:9092"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("http://host:8083");
    }

    private static List<SinkState> answered(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/connectors", exchange -> {
            byte[] bytes = Bytes.text(body);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return new ConnectRest("http://127.0.0.1:" + server.getAddress().getPort() + "/").sinks();
        } finally {
            server.stop(0);
        }
    }
}
