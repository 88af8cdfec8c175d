package dev.plait.sink.otlp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.plait.sink.otlp");

    @Test
    void sink_dependsOnWhatItsArchiveAndAWorkerHave() {
        assertThat(classes).hasSizeGreaterThan(30);

        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax..",
                        "dev.plait.sink..",
                        "org.apache.kafka.common..",
                        "org.apache.kafka.connect..",
                        "org.slf4j..",
                        "com.google.protobuf..",
                        "com.google.rpc..",
                        "io.grpc..",
                        "io.opentelemetry.proto..",
                        "com.fasterxml.jackson.core.."))
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.kafka.connect.runtime..", "dev.plait.schemas.."))
                .check(classes);
    }
}
