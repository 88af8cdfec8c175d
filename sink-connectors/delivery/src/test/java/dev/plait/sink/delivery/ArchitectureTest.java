package dev.plait.sink.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.plait.sink.delivery");

    @Test
    void classes_areFound() {
        assertThat(CLASSES.contain("dev.plait.sink.delivery.DeliveringTask")).isTrue();
        assertThat(CLASSES.contain("dev.plait.sink.delivery.ArchitectureTest")).isFalse();
    }

    /** A worker has connect-api, kafka-clients and slf4j; of anything else each plugin would carry a copy. */
    @Test
    void delivery_needsNothingThatAWorkerDoesNotHave() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.plait.sink.delivery..",
                        "org.apache.kafka.common..",
                        "org.apache.kafka.clients.consumer..",
                        "org.apache.kafka.connect.data..",
                        "org.apache.kafka.connect.errors..",
                        "org.apache.kafka.connect.sink..",
                        "org.slf4j..",
                        "java..",
                        "javax.management..",
                        "javax.net.ssl..")
                .check(CLASSES);
    }
}
