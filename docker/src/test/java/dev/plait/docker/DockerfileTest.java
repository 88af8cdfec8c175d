package dev.plait.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.docker.Dockerfile.Instruction;
import dev.plait.docker.Dockerfile.Stage;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the images promise, without building them. */
class DockerfileTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:\\d+\\.\\d+\\.\\d+[A-Za-z0-9._-]*");

    private final Dockerfile file = Dockerfile.read();

    DockerfileTest() throws IOException {}

    @Test
    void everyBase_isPinnedToAVersion() {
        assertThat(file.stages()).extracting(Stage::name).containsExactly("poms", "build", "plait", "connect");
        assertThat(file.stages()).allSatisfy(stage -> assertThat(stage.base()).matches(PINNED));
        assertThat(file.stage("connect").base()).isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plait", "connect"})
    void image_isOneToRunUnattended(String name) {
        Stage stage = file.stage(name);

        // a number, so that a cluster can see without the image's /etc/passwd that it is not root
        assertThat(stage.only("USER")).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
        assertThat(stage.only("STOPSIGNAL")).isEqualTo("SIGTERM");
        assertThat(stage.only("HEALTHCHECK")).contains("--start-period=").contains(" CMD [\"");
        // not through a shell, which would keep the signal to itself
        assertThat(stage.only("ENTRYPOINT")).startsWith("[\"/").endsWith("\"]");
        assertThat(stage.only("LABEL"))
                .contains("org.opencontainers.image.title=")
                .contains("org.opencontainers.image.licenses=\"Apache-2.0\"")
                .contains("org.opencontainers.image.revision=");
        assertThat(stage.only("ENV")).contains("-XX:MaxRAMPercentage=");
        List<String> order =
                stage.instructions().stream().map(Instruction::name).toList();
        assertThat(order.lastIndexOf("COPY"))
                .as("what is copied belongs to root")
                .isLessThan(order.indexOf("USER"));
        assertThat(stage.all("COPY")).noneMatch(copy -> copy.arguments().contains("--chown"));
    }

    @Test
    void nothing_isFetchedButByMaven() {
        for (Stage stage : file.stages()) {
            assertThat(stage.has("ADD")).as(stage.name()).isFalse();
            assertThat(stage.all("RUN"))
                    .noneMatch(run -> Pattern.compile("curl|wget|https?:|apt-get|apk ")
                            .matcher(run.arguments())
                            .find());
        }
    }

    @Test
    void dependencies_areALayerBeforeTheSources() {
        List<Instruction> build = file.stage("build").instructions();
        String goal = "-DskipTests -DtestCompile.skip=true package -pl '!perf,!docker'";

        List<String> steps = build.stream()
                .filter(one -> !one.name().equals("WORKDIR"))
                .map(one -> one.name() + " " + one.words().get(0))
                .toList();
        assertThat(steps).startsWith("COPY --from=poms", "RUN mvn", "COPY .", "RUN mvn");
        assertThat(build.stream().map(Instruction::arguments).filter(arguments -> arguments.startsWith("mvn")))
                .as("both builds want the same, and the second finds nothing that the first made")
                .containsExactly(
                        "mvn -B -q --fail-never " + goal + " && find . -name target -prune -exec rm -r {} +",
                        "mvn -B -q " + goal);
    }

    @Test
    void everyCopy_hasItsSource() throws IOException {
        List<String> seen = new ArrayList<>();
        for (Stage stage : file.stages()) {
            for (Instruction copy : stage.all("COPY")) {
                List<String> words = copy.words();
                List<String> sources = words.subList(words.get(0).startsWith("--from=") ? 1 : 0, words.size() - 1);
                if (words.get(0).startsWith("--from=")) {
                    String from = words.get(0).substring("--from=".length());
                    assertThat(seen).as(copy.arguments()).contains(from);
                    sources.forEach(source -> assertMadeBy(file.stage(from), source));
                } else {
                    sources.forEach(source -> assertInContext(source));
                }
            }
            seen.add(stage.name());
        }
    }

    @Test
    void launcher_findsItsClassPath() throws IOException {
        Stage plait = file.stage("plait");
        String launcher = Files.readString(ROOT.resolve("plait"));

        assertThat(ROOT.resolve("plait")).isExecutable();
        assertThat(plait.only("ENTRYPOINT")).isEqualTo("[\"/opt/plait/plait\"]");
        assertThat(launcher)
                .contains("-cp \"$home/app/target/classes:$home/app/target/lib/*\"")
                .contains("exec \"$java\"");
        assertThat(plait.all("COPY"))
                .extracting(copy -> copy.words().get(copy.words().size() - 1))
                .contains("/opt/plait/app/target/classes/", "/opt/plait/app/target/lib/", "/opt/plait/");
        assertThat(plait.only("HEALTHCHECK"))
                .contains("\"" + Variables.of(plait.only("ENV")).get("PLAIT_READY_FILE") + "\"");
    }

    @Test
    void state_isTheOnlyVolumeAndTheUsersOwn() {
        Stage plait = file.stage("plait");
        String user = plait.only("USER").split(":", 2)[0];

        assertThat(plait.only("VOLUME")).isEqualTo("[\"/var/lib/plait\"]");
        assertThat(plait.only("WORKDIR")).isEqualTo("/var/lib/plait");
        assertThat(plait.only("RUN"))
                .contains("--uid " + user + " ")
                .contains("install -d -o " + user + " -g " + user + " -m 0750 /var/lib/plait");
        assertThat(Variables.of(plait.only("ENV")).get("PLAIT_APPLICATION_STATE_DIR"))
                .startsWith("/var/lib/plait/");
    }

    @Test
    void parser_joinsLinesAndLeavesCommentsOut() {
        Dockerfile parsed = Dockerfile.parse("""
                # syntax=docker/dockerfile:1
                FROM a:1.2.3 AS one
                RUN x \\
                    # why
                    && y
                USER 0
                """);

        assertThat(parsed.stage("one").only("RUN")).isEqualTo("x && y");
        assertThat(parsed.stage("one").only("USER")).isEqualTo("0");
    }

    private void assertMadeBy(Stage stage, String source) {
        if (source.startsWith("/dist/")) {
            assertThat(stage.all("RUN"))
                    .as(source)
                    .anyMatch(run -> run.arguments().contains("mkdir -p")
                            && run.arguments().contains(source.substring(0, source.length() - 1)));
        } else if (!source.startsWith("/src/app/target/") && !source.equals("/src/")) {
            assertInContext(source.substring("/src/".length()));
        }
    }

    private static void assertInContext(String source) {
        assertThat(ROOT.resolve(source)).exists();
        if (!source.equals(".")) {
            assertThat(ignored(source)).as(source + " and .dockerignore").isFalse();
        }
    }

    private static boolean ignored(String path) {
        try {
            return Files.readAllLines(ROOT.resolve(".dockerignore")).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(pattern -> List.of(pattern, pattern.replaceFirst("^\\*\\*/", "")).stream())
                    .anyMatch(pattern -> FileSystems.getDefault()
                            .getPathMatcher("glob:{" + pattern + "," + pattern + "/**}")
                            .matches(Path.of(path)));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
