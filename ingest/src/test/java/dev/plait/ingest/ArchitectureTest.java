package dev.plait.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String RECEIVER = "dev.plait.ingest.receiver";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.plait.ingest");

    @Test
    void classes_areFound() {
        assertThat(CLASSES.contain("dev.plait.ingest.otlp.OtlpDecoder")).isTrue();
        assertThat(CLASSES.contain("dev.plait.ingest.kong.KongDecoder")).isTrue();
        assertThat(CLASSES.contain("dev.plait.ingest.envoy.MeshDecoder")).isTrue();
        assertThat(CLASSES.contain("dev.plait.ingest.traceid.TraceIdText")).isTrue();
        assertThat(CLASSES.contain("dev.plait.ingest.openslo.OpenSloFiles")).isTrue();
        assertThat(CLASSES.contain("dev.plait.ingest.receiver.NetworkReceivers"))
                .isTrue();
        assertThat(CLASSES.contain("dev.plait.ingest.ArchitectureTest")).isFalse();
    }

    /** No generated protobuf classes, no logger, no Kafka: bytes in, slices out. */
    @Test
    void decoders_dependOnSchemasAndParsersAlone() {
        classes()
                .that()
                .resideOutsideOfPackage(RECEIVER)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.plait.ingest..",
                        "dev.plait.schemas.model..",
                        "dev.plait.schemas.wire..",
                        "com.fasterxml.jackson.core..",
                        "com.google.re2j..",
                        "org.xerial.snappy..",
                        "org.yaml.snakeyaml..",
                        "com.google.re2j..",
                        "java..")
                .check(CLASSES);
    }

    /** They ask decoders what is wrong; what is right goes as it came to topics, which nothing here reads. */
    @Test
    void receivers_knowDecodersAndNoState() {
        classes()
                .that()
                .resideInAPackage(RECEIVER)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        RECEIVER,
                        "dev.plait.ingest",
                        "dev.plait.ingest.otlp",
                        "dev.plait.ingest.frame",
                        "dev.plait.ingest.redact",
                        "dev.plait.schemas.model..",
                        "dev.plait.ingest.accesslog",
                        "dev.plait.ingest.kong",
                        "dev.plait.ingest.envoy",
                        "dev.plait.ingest.zipkin",
                        "dev.plait.ingest.prometheus",
                        "dev.plait.schemas.wire..",
                        "dev.plait.schemas.topic..",
                        "com.fasterxml.jackson.core..",
                        "com.linecorp.armeria..",
                        "io.netty..",
                        "org.reactivestreams..",
                        "org.apache.kafka..",
                        "com.github.luben.zstd..",
                        "org.xerial.snappy..",
                        "org.slf4j..",
                        "java..")
                .check(CLASSES);
    }

    @Test
    void yaml_isKnownInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.plait.ingest.openslo")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.yaml..")
                .check(CLASSES);
    }

    @Test
    void regularExpressionsOfUsers_areKnownInTwoPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.plait.ingest.applog", "dev.plait.ingest.redact")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.re2j..")
                .check(CLASSES);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("dev.plait.ingest.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** What every format shares is not made for one of them. */
    @Test
    void contract_knowsNoFormat() {
        classes()
                .that()
                .resideInAPackage("dev.plait.ingest")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.plait.ingest", "dev.plait.schemas..", "java..")
                .check(CLASSES);
    }

    @Test
    void concreteClasses_areFinal() {
        assertThat(CLASSES.stream()
                        .filter(type -> !type.isInterface() && !type.isEnum() && !type.isAnonymousClass())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL)))
                .isEmpty();
    }

    @Test
    void code_readsNoClock() {
        Set<String> clocks = Set.of(
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.Clock.systemUTC");

        Set<String> read = CLASSES.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .map(JavaAccess::getTarget)
                .map(target -> target.getOwner().getName() + "." + target.getName())
                .filter(clocks::contains)
                .collect(Collectors.toSet());

        assertThat(read).isEmpty();
    }
}
