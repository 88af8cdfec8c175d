package dev.plait.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.plait.app";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packages_areThere() {
        for (String name :
                new String[] {"", ".kafka", ".capture", ".backtest", ".demo", ".view", ".connect", ".doctor"}) {
            assertThat(CLASSES.stream().filter(one -> one.getPackageName().equals(ROOT + name)))
                    .as(ROOT + name)
                    .isNotEmpty();
        }
    }

    @Test
    void packages_haveNoCircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(CLASSES);
    }

    @Test
    void demo_knowsNothingOfTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.plait.topology..", "dev.plait.correlator..", "dev.plait.ingest..")
                .check(CLASSES);
    }

    @Test
    void broker_isStartedInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "scala..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
                .check(CLASSES);
    }

    /** Tests are compiled against Armeria, so the compiler would not mind. */
    @Test
    void webServer_isKnownToTheReceiversAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.linecorp.armeria..", "io.netty..")
                .check(CLASSES);
    }

    @Test
    void connectWorker_isStartedInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".connect..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.connect..")
                .check(CLASSES);
    }

    @Test
    void output_goesThroughTheCommandLine() {
        noClasses()
                .that()
                .doNotHaveSimpleName("BrokerMain")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}
