package dev.plait.topology;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis()",
            "java.lang.System.nanoTime()",
            "java.time.Instant.now()",
            "java.time.Clock.systemUTC()",
            "java.lang.Thread.sleep(long)");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.plait.topology");

    @Test
    void topology_dependsOnlyOnWhatItWires() {
        assertThat(classes).hasSizeGreaterThan(20);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.plait.app..", "dev.plait.sink..", "dev.plait.ingest.receiver..", "kafka..")
                .check(classes);
    }

    @Test
    void config_knowsNothingOfProcessors() {
        noClasses()
                .that()
                .resideInAPackage("dev.plait.topology.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.plait.topology", "org.apache.kafka..")
                .check(classes);
        slices().matching("dev.plait.topology.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void topology_readsNoClock() {
        noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "a clock",
                        access -> access.getTarget() instanceof CodeUnitAccessTarget target
                                && CLOCKS.contains(target.getFullName())))
                .check(classes);
    }
}
