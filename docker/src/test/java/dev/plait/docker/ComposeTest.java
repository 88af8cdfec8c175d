package dev.plait.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.docker.Compose.Mount;
import dev.plait.docker.Compose.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What compose.yaml promises of every service, without a daemon. */
class ComposeTest {
    /** Images with nothing in them that could ask whether they are well. */
    private static final Set<String> WITHOUT_TOOLS = Set.of("hotrod", "jaeger");

    /** Started once, or a loop that nothing waits for. */
    private static final Set<String> JOBS = Set.of("topics", "connectors", "load");

    private final Compose compose = Compose.read();

    ComposeTest() throws IOException {}

    @Test
    void everyPartOfTheIssue_isThere() {
        assertThat(compose.services())
                .extracting(Service::name)
                .contains(
                        "kafka",
                        "engine",
                        "receive",
                        "connect",
                        "alertmanager",
                        "prometheus",
                        "grafana",
                        "jaeger",
                        "kong");
    }

    @Test
    void everyImage_isPinnedToAVersion() {
        assertThat(compose.services())
                .allSatisfy(service ->
                        assertThat(service.image()).matches("[a-z0-9./-]+:v?\\d+\\.\\d+\\.\\d+[A-Za-z0-9.-]*"));
    }

    @Test
    void everyPort_isOnTheLoopbackInterface() {
        List<String> ports = compose.services().stream()
                .flatMap(service -> service.node().at("ports").texts().stream())
                .toList();

        assertThat(ports).hasSizeGreaterThan(5).allMatch(port -> port.matches("127\\.0\\.0\\.1:\\d+:\\d+"));
        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void everyService_isConfined() {
        for (Service service : compose.services()) {
            String name = service.name();
            assertThat(service.node().at("security_opt").texts()).as(name).contains("no-new-privileges:true");
            assertThat(service.node().at("privileged").exists()).as(name).isFalse();
            assertThat(service.node().at("network_mode").exists()).as(name).isFalse();
            assertThat(service.node().at("pids_limit").exists()).as(name).isTrue();
            assertThat(service.node().at("mem_limit").text()).as(name).matches("\\d+[mg]");
            assertThat(service.node().at("restart").text()).as(name).isIn("unless-stopped", "no");
            if (!name.equals("kong")) {
                assertThat(service.node().at("cap_drop").texts()).as(name).containsExactly("ALL");
            }
        }
    }

    @Test
    void ourImages_runOnAReadOnlyFileSystem() {
        List<Service> ours = compose.services().stream().filter(Service::ours).toList();

        assertThat(ours).extracting(Service::name).containsExactlyInAnyOrder("topics", "receive", "engine", "connect");
        for (Service service : ours) {
            assertThat(service.node().at("read_only").text()).as(service.name()).isEqualTo("true");
            assertThat(service.node().at("user").exists()).as("the image's own").isFalse();
            // native libraries are unpacked and mapped there; the default of a tmpfs is noexec
            assertThat(service.node().at("tmpfs").texts()).as(service.name()).containsExactly("/tmp:exec,size=64m");
        }
    }

    @Test
    void everyService_saysHowItIs() throws IOException {
        Dockerfile images = Dockerfile.read();
        for (Service service : compose.services()) {
            boolean asked = service.node().at("healthcheck", "test").exists();
            if (service.ours()) {
                asked |= images.stage(service.node().at("build", "target").text())
                        .has("HEALTHCHECK");
            }
            if (!JOBS.contains(service.name())) {
                assertThat(asked).as(service.name()).isEqualTo(!WITHOUT_TOOLS.contains(service.name()));
            }
        }
    }

    @Test
    void everyDependency_canBeMet() {
        for (Service service : compose.services()) {
            for (String name : service.node().at("depends_on").texts()) {
                Service needed = compose.service(name);
                switch (service.node().at("depends_on", name, "condition").text()) {
                    case "service_healthy" ->
                        assertThat(needed.ours()
                                        || needed.node()
                                                .at("healthcheck", "test")
                                                .exists())
                                .as(service.name() + " waits for " + name + " to be healthy")
                                .isTrue();
                    case "service_completed_successfully" ->
                        assertThat(needed.node().at("restart").text())
                                .as(service.name() + " waits for the end of " + name)
                                .isEqualTo("no");
                    case "service_started" -> assertThat(WITHOUT_TOOLS).contains(name);
                    default -> throw new AssertionError(service.name() + ": depends_on " + name);
                }
            }
        }
    }

    @Test
    void everyFile_isThere() {
        for (Service service : compose.services()) {
            for (Mount mount : service.mounts()) {
                assertThat(mount.source()).as(service.name()).exists();
                assertThat(mount.readOnly()).as("%s: %s", service.name(), mount).isTrue();
            }
            List<Path> named = service.node().at("entrypoint").texts().stream()
                    .filter(word -> word.startsWith("/"))
                    .flatMap(word -> onHost(service, word).stream())
                    .toList();
            assertThat(named)
                    .as(service.name())
                    .allSatisfy(file -> assertThat(file).isExecutable());
            for (String word : service.command()) {
                String path = word.replaceFirst("^--[a-z.-]+=", "");
                assertThat(onHost(service, path))
                        .as(service.name() + " " + word)
                        .allSatisfy(file -> assertThat(file).isRegularFile());
            }
            service.environment()
                    .values()
                    .forEach(value -> assertThat(onHost(service, value))
                            .as(service.name() + " " + value)
                            .allSatisfy(file -> assertThat(file).isRegularFile()));
        }
        assertThat(onHost(compose.service("engine"), "/etc/plait/plait.yaml")).hasSize(1);
    }

    @Test
    void everyNamedVolume_isDeclaredAndUsed() {
        Set<String> used = compose.services().stream()
                .flatMap(service -> service.node().at("volumes").texts().stream())
                .map(volume -> volume.split(":", -1)[0])
                .filter(source -> !source.startsWith("."))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(compose.whole().at("volumes").texts()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void everyAddressInAFile_isThatOfAService() throws IOException {
        Set<String> names = compose.services().stream().map(Service::name).collect(Collectors.toSet());
        Map<Path, Set<String>> hosts =
                Addresses.in(List.of("compose.yaml", "plait", "kong", "prometheus", "grafana/provisioning", "connect"));

        assertThat(hosts).hasSizeGreaterThan(5);
        hosts.forEach((file, found) -> assertThat(names).as(file.toString()).containsAll(found));
    }

    /** Where a path inside a service is on this machine, if it is mounted. */
    private static List<Path> onHost(Service service, String path) {
        return service.mounts().stream()
                .filter(mount -> path.startsWith(mount.target() + "/"))
                .map(mount ->
                        mount.source().resolve(path.substring(mount.target().length() + 1)))
                .filter(file -> !file.toString().contains("*") && (Files.exists(file) || !path.contains(" ")))
                .toList();
    }
}
