package dev.plait.correlator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** The correlator decides: it has the model, the JDK and expressions, and no clock, thread, logger or Kafka. */
class ArchitectureTest {
    private final JavaClasses correlator = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.plait.correlator");

    @Test
    void correlator_dependsOnModelAndJdkAndExpressionsOnly() {
        assertThat(correlator.contain("dev.plait.correlator.trace.TraceAssembler"))
                .isTrue();
        assertThat(correlator.contain("dev.plait.correlator.trace.view.TraceDeriver"))
                .isTrue();
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "dev.plait.correlator..", "dev.plait.schemas.model..", "java..")
                        .or(resideInAnyPackage("dev.cel..", "com.google.re2j..", "com.google.common.collect..")))
                .check(correlator);
    }

    @Test
    void expressions_areKnownInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.plait.correlator.slo.sli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.cel..", "com.google..")
                .check(correlator);
    }

    @Test
    void correlator_readsNoClock() {
        readingNoClock().check(correlator);
    }

    @Test
    void correlator_hasNoThreadAndNoLogger() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.util.logging..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.System$Logger")
                .check(correlator);
    }

    @Test
    void correlator_hasNoCycles() {
        slices().matching("dev.plait.correlator.(**)").should().beFreeOfCycles().check(correlator);
    }

    /** The rule works, also for a method reference. */
    @Test
    void clockRule_seesMethodReferences() {
        JavaClasses readers = new ClassFileImporter().importClasses(ReadsNanos.class, ReadsNow.class);

        EvaluationResult result = readingNoClock().evaluate(readers);

        assertThat(result.getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("nanoTime"))
                .anyMatch(detail -> detail.contains("Instant.now"));
    }

    private static ArchRule readingNoClock() {
        Set<String> clocks = Set.of(
                "java.lang.System.nanoTime",
                "java.lang.System.currentTimeMillis",
                "java.time.Instant.now",
                "java.time.LocalDateTime.now",
                "java.time.OffsetDateTime.now",
                "java.time.ZonedDateTime.now");
        DescribedPredicate<JavaAccess<?>> readsAClock = DescribedPredicate.describe(
                "a clock",
                access -> clocks.contains(access.getTargetOwner().getName() + "."
                        + access.getTarget().getName()));
        return noClasses()
                .should()
                .accessTargetWhere(readsAClock)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class);
    }

    private record ReadsNanos(LongSupplier nanos) {
        ReadsNanos() {
            this(System::nanoTime);
        }
    }

    private record ReadsNow(Instant now) {
        ReadsNow() {
            this(Instant.now());
        }
    }
}
