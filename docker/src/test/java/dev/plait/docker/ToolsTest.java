package dev.plait.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files, read by the programs that they are for. A test whose program is not installed is skipped, and says so. */
class ToolsTest {
    @TempDir
    private Path directory;

    @Test
    void compose_acceptsTheFile() throws Exception {
        requireTool("docker", "compose", "version");

        String rendered = run("docker", "compose", "-f", "compose.yaml", "config", "--no-interpolate");

        assertThat(rendered).contains("target: connect");
    }

    @Test
    void prometheus_acceptsItsConfiguration() throws Exception {
        requireTool("promtool", "--version");

        assertThat(run("promtool", "check", "config", "prometheus/prometheus.yml"))
                .contains("SUCCESS");
    }

    @Test
    void prometheus_acceptsTheExpressionsOfTheDashboard() throws Exception {
        requireTool("promtool", "--version");
        List<String> expressions = new ArrayList<>();
        for (JsonNode node : dashboard().findValues("expr")) {
            expressions.add(node.asText());
        }
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("  - { record: \"panel:")
                    .append(i)
                    .append("\", expr: '")
                    .append(expressions.get(i))
                    .append("' }\n");
        }
        Path file = Files.writeString(directory.resolve("rules.yml"), rules);

        assertThat(run("promtool", "check", "rules", file.toString())).contains(expressions.size() + " rules found");
    }

    @Test
    void alertmanager_acceptsItsConfiguration() throws Exception {
        requireTool("amtool", "--version");

        assertThat(run("amtool", "check-config", "alertmanager/alertmanager.yml"))
                .contains("SUCCESS");
    }

    @Test
    void scripts_haveNoFindings() throws Exception {
        requireTool("shellcheck", "--version");

        run("shellcheck", "smoke", "demo/load", "connect/register");
    }

    @Test
    void dashboard_asksSourcesThatAreThere() throws IOException {
        List<String> provisioned =
                Yaml.of(Path.of("grafana/provisioning/datasources/datasources.yaml")).at("datasources").nodes().stream()
                        .map(source -> source.at("uid").text())
                        .toList();

        List<JsonNode> asked = dashboard().findValues("datasource");

        assertThat(provisioned).containsExactlyInAnyOrder("prometheus", "jaeger", "alertmanager");
        assertThat(asked)
                .hasSizeGreaterThan(10)
                .allSatisfy(source ->
                        assertThat(provisioned).contains(source.path("uid").asText()));
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(new File("grafana/dashboards/plait.json"));
    }

    private static void requireTool(String... command) throws InterruptedException {
        boolean there;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            there = process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException absent) {
            there = false;
        }
        assumeTrue(there, "'" + String.join(" ", command) + "' does not run here");
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as(String.join(" ", command))
                .isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
