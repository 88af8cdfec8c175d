package dev.plait.sink.alertmanager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.plait.sink.alertmanager");

    @Test
    void classes_areFound() {
        assertThat(CLASSES.contain("dev.plait.sink.alertmanager.AlertmanagerSinkConnector"))
                .isTrue();
        assertThat(CLASSES.contain("dev.plait.sink.alertmanager.ArchitectureTest"))
                .isFalse();
    }

    @Test
    void sink_standsOnDeliveryAndAJsonWriterAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.plait.sink.alertmanager..",
                        "dev.plait.sink.delivery..",
                        "com.fasterxml.jackson.core..",
                        "org.apache.kafka.common..",
                        "org.apache.kafka.connect.connector..",
                        "org.apache.kafka.connect.sink..",
                        "org.slf4j..",
                        "java..")
                .check(CLASSES);
    }
}
