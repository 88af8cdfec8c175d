package dev.plait.sink.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What a user unzips into a plugin path. */
class PluginArchiveIT {
    @Test
    void archive_holdsThePluginAndNothingOfKafkaConnects() throws IOException {
        Path archive;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            archive = files.filter(file -> file.getFileName().toString().endsWith("-plugin.zip"))
                    .findFirst()
                    .orElseThrow();
        }
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<String> names = zip.stream().map(entry -> entry.getName()).toList();
            assertThat(names).allMatch(name -> name.startsWith("plait-sink-alertmanager/"));
            assertThat(names).noneMatch(name -> name.matches(".*(connect-|kafka-|slf4j|log4j).*"));
            assertThat(names).anyMatch(name -> name.contains("plait-sink-delivery"));
        }
        assertThat(new String(
                        AlertmanagerSinkConnector.class
                                .getResourceAsStream("/META-INF/services/org.apache.kafka.connect.sink.SinkConnector")
                                .readAllBytes(),
                        StandardCharsets.UTF_8))
                .contains(AlertmanagerSinkConnector.class.getName());
    }
}
