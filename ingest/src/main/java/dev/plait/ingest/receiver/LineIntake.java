package dev.plait.ingest.receiver;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of lines, from whichever connection: sorted, written, and kept until Kafka has them. Thread safe. */
final class LineIntake {
    private static final Logger LOG = LoggerFactory.getLogger(LineIntake.class);

    private final Intake intake;
    private final ThreadLocal<LineSorter> sorters;

    LineIntake(Intake intake) {
        this.intake = intake;
        this.sorters = ThreadLocal.withInitial(
                () -> new LineSorter(intake.topics().keySet(), new RequestCheck(), intake.metrics()));
    }

    Intake intake() {
        return intake;
    }

    /** Delivers whole lines; the future never fails. */
    CompletableFuture<Void> accept(byte[] lines) {
        intake.rates().charge(lines.length);
        return CompletableFuture.supplyAsync(() -> sorters.get().sort(lines, lines.length), intake.threads())
                .thenCompose(intake.delivery()::deliver)
                .exceptionally(bug -> {
                    LOG.error("{} bytes of lines are lost", lines.length, bug);
                    return null;
                });
    }
}
