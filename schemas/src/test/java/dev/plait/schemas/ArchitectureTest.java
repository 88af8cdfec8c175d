package dev.plait.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.plait.schemas");

    @Test
    void classes_areFound() {
        assertThat(CLASSES.contain("dev.plait.schemas.model.CorrelatedTrace")).isTrue();
        assertThat(CLASSES.contain("dev.plait.schemas.wire.Frame")).isTrue();
        assertThat(CLASSES.contain("dev.plait.schemas.topic.Topics")).isTrue();
        assertThat(CLASSES.contain("dev.plait.schemas.ArchitectureTest")).isFalse();
    }

    @Test
    void model_dependsOnTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("dev.plait.schemas.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.plait.schemas.model..", "java..")
                .check(CLASSES);
    }

    @Test
    void wire_dependsOnNothingThatPlaitDoesNotOwnButCodecs() {
        classes()
                .that()
                .resideInAPackage("dev.plait.schemas.wire..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.plait.schemas.model..",
                        "dev.plait.schemas.wire..",
                        "com.fasterxml.jackson.core..",
                        "net.jpountz.lz4..",
                        "java..")
                .check(CLASSES);
    }

    @Test
    void topic_knowsKafkaAlone() {
        classes()
                .that()
                .resideInAPackage("dev.plait.schemas.topic..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.plait.schemas.topic..", "org.apache.kafka.common..", "java..")
                .check(CLASSES);
    }

    @Test
    void publicMethods_showNoTypesOfLibraries() {
        noClasses()
                .that()
                .arePublic()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf..", "io.opentelemetry..", "net.jpountz..")
                .check(CLASSES);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("dev.plait.schemas.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void code_readsNoClock() {
        Set<String> clocks = Set.of(
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.time.Instant.now",
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
