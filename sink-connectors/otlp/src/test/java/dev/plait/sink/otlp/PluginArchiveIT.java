package dev.plait.sink.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.wire.TraceJson;
import dev.plait.sink.delivery.TaskRun;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive that the build makes, used as a worker does: alone with Java, Kafka Connect's API and slf4j. */
class PluginArchiveIT {
    private static final Path TARGET = Path.of("target");

    @Test
    void archive_hasWhatIsNeededAndNothingOfKafkaConnect() throws IOException {
        List<String> names = jars(archive());

        assertThat(names)
                .anyMatch(name -> name.startsWith("plait-sink-otlp-"))
                .anyMatch(name -> name.startsWith("plait-sink-delivery-"))
                .anyMatch(name -> name.startsWith("opentelemetry-proto-"))
                .anyMatch(name -> name.startsWith("protobuf-java-4."))
                .anyMatch(name -> name.startsWith("grpc-netty-shaded-"))
                .noneMatch(
                        name -> name.matches("(connect-|kafka-clients|slf4j-|log4j|plait-schemas|jackson-databind).*"));
    }

    @Test
    void serviceFile_namesTheConnector() throws Exception {
        try (URLClassLoader plugin = plugin()) {
            URL file = plugin.findResource("META-INF/services/org.apache.kafka.connect.sink.SinkConnector");

            assertThat(new String(file.openStream().readAllBytes(), UTF_8).strip())
                    .isEqualTo(OtlpSinkConnector.class.getName());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf", "http/json"})
    void connector_sendsFromItsOwnClassLoader(String protocol) throws Exception {
        try (GrpcBackend grpc = new GrpcBackend();
                HttpBackend http = new HttpBackend();
                URLClassLoader plugin = plugin()) {
            SinkConnector connector =
                    ServiceLoader.load(SinkConnector.class, plugin).findFirst().orElseThrow();
            assertThat(connector.getClass().getClassLoader()).isSameAs(plugin);
            Map<String, String> settings = new HashMap<>(Map.of(
                    "name",
                    "archive",
                    "topics",
                    "plait-traces",
                    "protocol",
                    protocol,
                    "endpoint",
                    protocol.equals("grpc") ? grpc.url() : http.url()));
            connector.start(settings);
            SinkTask task =
                    (SinkTask) connector.taskClass().getDeclaredConstructor().newInstance();
            Object value = Records.value(TraceJson.write(OtlpContract.trace("one", 1)));

            try (TaskRun run = TaskRun.start(task, connector.taskConfigs(1).get(0), true)) {
                run.put(List.of(new SinkRecord(
                                "plait-traces", 0, null, "t", null, value, 0, 1L, TimestampType.CREATE_TIME)))
                        .awaitAll();

                assertThat(run.context().reported()).isEmpty();
            }
            OtlpBackend backend = protocol.equals("grpc") ? grpc.backend() : http.backend();
            assertThat(backend.spans()).hasSize(1);
            assertThat(connector.version()).isNotEqualTo("unpackaged");
        }
    }

    private static Path archive() throws IOException {
        try (var files = Files.list(TARGET)) {
            return files.filter(file -> file.toString().endsWith("-plugin.zip"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> jars(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1))
                    .toList();
        }
    }

    /** Of the directory that the archive unzips to; everything but Java, Kafka and slf4j must be in it. */
    private static URLClassLoader plugin() throws IOException {
        try (var files = Files.walk(TARGET, 3)) {
            URL[] jars = files.filter(file -> file.toString().contains("-plugin" + File.separator)
                            && file.toString().endsWith(".jar"))
                    .map(PluginArchiveIT::url)
                    .toArray(URL[]::new);
            assertThat(Arrays.asList(jars)).isNotEmpty();
            return new URLClassLoader(jars, new WorkerClasses());
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static final class WorkerClasses extends ClassLoader {
        WorkerClasses() {
            super(getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.apache.kafka.") || name.startsWith("org.slf4j.")) {
                return PluginArchiveIT.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
