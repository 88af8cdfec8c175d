package dev.plait.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.app.Main;
import dev.plait.correlator.slo.sli.SliEvaluator;
import dev.plait.docker.Compose.Service;
import dev.plait.ingest.openslo.OpenSloFiles;
import dev.plait.ingest.openslo.Resolved;
import dev.plait.schemas.topic.Topics;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SourceConfig;
import dev.plait.topology.config.SourceConfig.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The services of Plait itself, read as Plait reads them. */
class PlaitServicesTest {
    /** What the launcher and the commands read beside the configuration. */
    private static final Set<String> NOT_CONFIGURATION = Set.of("PLAIT_BUILD", "PLAIT_JAVA_OPTS", "PLAIT_READY_FILE");

    private static final Path CONFIG = Path.of("plait", "plait.yaml");

    private final Compose compose = Compose.read();
    private final Map<String, String> image =
            Variables.of(Dockerfile.read().stage("plait").only("ENV"));

    PlaitServicesTest() throws IOException {}

    @Test
    void configuration_isAcceptedWithTheEnvironmentOfEachService() {
        for (String name : List.of("topics", "receive", "engine")) {
            Map<String, String> environment = new TreeMap<>(image);
            environment.putAll(compose.service(name).environment());

            PlaitConfig config = PlaitConfig.load(CONFIG, environment);

            assertThat(config.bootstrapServers()).isEqualTo("kafka:9092");
            assertThat(config.application().stateDir()).isEqualTo(Path.of("/var/lib/plait/state"));
            assertThat(config.receivers().host())
                    .as("else the published ports lead nowhere")
                    .isEqualTo("0.0.0.0");
        }
    }

    @Test
    void everyVariable_isOneThatIsRead() {
        Map<String, String> all = new TreeMap<>(image);
        compose.services().stream().filter(Service::ours).forEach(service -> all.putAll(service.environment()));
        PlaitConfig without = PlaitConfig.parse("", Map.of());

        all.keySet().removeIf(name -> !name.startsWith("PLAIT_") || NOT_CONFIGURATION.contains(name));

        assertThat(all).isNotEmpty();
        all.forEach((name, value) ->
                assertThat(PlaitConfig.parse("", Map.of(name, value))).as(name).isNotEqualTo(without));
    }

    @Test
    void everyCommand_isOneOfPlait() {
        for (String name : List.of("topics", "receive", "engine")) {
            List<String> command = compose.service(name).command();

            CommandLine.ParseResult parsed = new CommandLine(new Main()).parseArgs(command.toArray(String[]::new));

            assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(command.get(0));
        }
    }

    @Test
    void ports_areThoseOfTheReceivers() {
        PlaitConfig config = PlaitConfig.load(CONFIG, image);

        assertThat(compose.service("receive").node().at("ports").texts())
                .containsExactlyInAnyOrder(
                        published(config.receivers().http().number()),
                        published(config.receivers().grpc().number()),
                        published(config.receivers().lines().number()));
        assertThat(compose.service("receive").node().at("healthcheck", "test").text())
                .contains("/dev/tcp/127.0.0.1/" + config.receivers().http().number() + " ");
    }

    @Test
    void gateway_sendsWhereTheEngineReads() throws IOException {
        PlaitConfig config = PlaitConfig.load(CONFIG, image);
        List<Yaml> plugins = Yaml.of(Path.of("kong", "kong.yaml")).at("plugins").nodes();

        assertThat(plugin(plugins, "opentelemetry").at("traces_endpoint").text())
                .isEqualTo("http://receive:" + config.receivers().http().number() + "/v1/traces");
        assertThat(plugin(plugins, "tcp-log").at("host").text() + ":"
                        + plugin(plugins, "tcp-log").at("port").text())
                .isEqualTo("receive:" + config.receivers().lines().number());
        assertThat(config.sources())
                .as("else its logs become dead letters of another format")
                .filteredOn(source -> source.format() == Format.KONG)
                .extracting(SourceConfig::topic)
                .containsExactly(Topics.KONG_LOGS);
    }

    @Test
    void slos_areValidAndOverRoutesOfTheGateway() throws IOException {
        PlaitConfig config = PlaitConfig.load(CONFIG, image);
        Path file = Path.of("plait", "slo", "hotrod.yaml");

        Resolved resolved = OpenSloFiles.resolve(
                Map.of("hotrod.yaml", Files.readString(file)), config.slo().timeScale());

        assertThat(config.slo().files()).containsExactly("/etc/plait/slo/*.yaml");
        assertThat(resolved.problems()).isEmpty();
        assertThat(resolved.definitions()).hasSize(1);
        assertThat(resolved.expressions())
                .isNotEmpty()
                .allSatisfy(expression ->
                        assertThat(SliEvaluator.problem(expression.where())).isEmpty());
        List<String> routes = new ArrayList<>();
        for (Yaml service : Yaml.of(Path.of("kong", "kong.yaml")).at("services").nodes()) {
            service.at("routes")
                    .nodes()
                    .forEach(route -> routes.add(route.at("name").text()));
        }
        assertThat(routes).contains("dispatch");
        assertThat(Files.readString(file)).contains("route == \"dispatch\"");
        assertThat(Files.readString(Path.of("smoke")))
                .contains(Yaml.of(file).at("metadata", "name").text());
    }

    private static Yaml plugin(List<Yaml> plugins, String name) {
        return plugins.stream()
                .filter(plugin -> plugin.at("name").text().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Kong has no plugin " + name))
                .at("config");
    }

    private static String published(int port) {
        return "127.0.0.1:" + port + ":" + port;
    }
}
