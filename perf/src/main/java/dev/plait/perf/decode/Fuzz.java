package dev.plait.perf.decode;

import com.sun.management.ThreadMXBean;
import dev.plait.ingest.Decoder;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perf/fuzz}: gives every decoder mutated records. A decoder may throw nothing, must say the same of the same bytes
 * again, and may allocate at most {@link #MAX_ALLOCATED_BYTES} for one. The first that fails is told with its number, which makes it again,
 * and its bytes. Exit codes: 0 all held, 1 one failed, 2 wrong usage.
 */
@Command(
        name = "perf/fuzz",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Fuzzes every decoder from seeds: nothing thrown, the same verdict twice, bounded allocation.")
public final class Fuzz implements Callable<Integer> {
    /** Four times the 4 MiB that a topic takes in one record. */
    static final long MAX_ALLOCATED_BYTES = 16L << 20;

    @Option(names = "--count", description = "records for each decoder")
    private long count = 1_000_000;

    @Option(names = "--seed", description = "number of the first record")
    private long seed = 1;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Mutation mutation = new Mutation(Seeds.all());
    private final Verdict verdict = new Verdict();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Fuzz()).execute(arguments));
    }

    @Override
    public Integer call() {
        for (Family family : Family.values()) {
            String failure = fuzz(family);
            System.out.println(family.label() + ": " + (failure.isEmpty() ? count + " records held" : failure));
            if (!failure.isEmpty()) {
                return 1;
            }
        }
        return 0;
    }

    /** What failed first; empty when nothing did. */
    private String fuzz(Family family) {
        Decoder decoder = family.decoder();
        for (long number = seed; number < seed + count; number++) {
            byte[] record = mutation.of(number);
            String failure = failure(decoder, record);
            if (!failure.isEmpty()) {
                return "record " + number + " " + failure + ": "
                        + HexFormat.of().formatHex(record);
            }
        }
        return "";
    }

    private String failure(Decoder decoder, byte[] record) {
        try {
            long before = threads.getCurrentThreadAllocatedBytes();
            long first = verdict.of(decoder, record);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            if (allocated > MAX_ALLOCATED_BYTES) {
                return "allocated " + allocated + " bytes";
            }
            return verdict.of(decoder, record) == first ? "" : "has two verdicts";
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
            // whatever it is: this is the finding
            return "threw " + thrown;
        }
    }
}
