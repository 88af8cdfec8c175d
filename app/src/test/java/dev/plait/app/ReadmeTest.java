package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.SinkConfig;
import dev.plait.topology.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the README says is so: its links, its configuration, its commands, its defaults. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    private final String readme = Files.readString(ROOT.resolve("README.md"));

    ReadmeTest() throws IOException {}

    @Test
    void sources_areConfigurations() {
        List<String> snippets = found("(?s)```yaml\\n(sources:.*?)```");

        assertThat(snippets)
                .isNotEmpty()
                .allSatisfy(yaml ->
                        assertThat(PlaitConfig.parse(yaml, Map.of()).sources()).isNotEmpty());
    }

    @Test
    void everyLink_leadsSomewhere() {
        List<String> links = found("\\]\\(([^)#:]+)\\)");

        assertThat(links)
                .hasSizeGreaterThan(8)
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    @Test
    void configurationSnippet_isAccepted() {
        String yaml = found("(?s)```yaml\\n(.*?)```").get(0);

        PlaitConfig config = PlaitConfig.parse(yaml, Map.of());

        assertThat(config.sources()).extracting(SourceConfig::topic).contains("kong_logs");
        assertThat(config.sources().get(3).tagsOf("eu.mesh_access_logs")).containsEntry("zone", "eu");
    }

    @Test
    void sinksSnippet_isAccepted() {
        PlaitConfig config =
                PlaitConfig.parse(found("(?s)```yaml\\n(sinks:.*?)```").get(0), Map.of());

        assertThat(config.sinks()).extracting(SinkConfig::type).contains("alertmanager", "otlp");
    }

    @Test
    void sloSnippets_areValid() {
        SloFiles files = new SloFiles();
        List<String> snippets = found("(?s)```yaml\\n(apiVersion: openslo/v1.*?)```");
        for (int i = 0; i < snippets.size(); i++) {
            files.add("snippet " + (i + 1), snippets.get(i));
        }

        SloFiles.Checked checked = files.check(1);

        assertThat(snippets).hasSize(2);
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.definitions()).hasSize(1);
    }

    @Test
    void everyCommand_exists() {
        CommandLine plait = new CommandLine(new Main());

        List<String> commands = found("\\| `plait ([a-z]+)");

        assertThat(commands)
                .containsExactlyInAnyOrderElementsOf(plait.getSubcommands().keySet());
    }

    @Test
    void everyDefault_isTheOneThatApplies() {
        PlaitConfig defaults = PlaitConfig.defaults();

        for (MatchResult row :
                rows("\\| `(traces|application|red|slo|receivers)\\.([a-z-]+)` \\| ([0-9a-zA-Z.]+) \\|")) {
            String variable = "PLAIT_" + row.group(1).toUpperCase(java.util.Locale.ROOT) + "_"
                    + row.group(2).toUpperCase(java.util.Locale.ROOT).replace('-', '_');
            assertThat(PlaitConfig.parse("", Map.of(variable, row.group(3))))
                    .as(row.group())
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes("receivers.*configured")
                    .isEqualTo(defaults);
        }
    }

    private List<String> found(String pattern) {
        return rows(pattern).stream().map(match -> match.group(1)).toList();
    }

    private List<MatchResult> rows(String pattern) {
        List<MatchResult> rows =
                Pattern.compile(pattern).matcher(readme).results().toList();
        assertThat(rows).as(pattern).isNotEmpty();
        return rows;
    }
}
