package dev.plait.perf.decode;

import com.sun.management.ThreadMXBean;
import dev.plait.ingest.Decoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perf/decode-cost}: CPU time and allocation of each decoder for each {@link Nasty} record, the least of some rounds after
 * a warm-up, of more of them for what is above the limit. Exit codes: 0 all within the limit, 1 something above it, 2 wrong usage.
 */
@Command(
        name = "perf/decode-cost",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "What a mebibyte of the worst costs each decoder: CPU time and allocation.")
public final class DecodeCost implements Callable<Integer> {
    private static final int SHOWN = 5;

    /** A MiB of text is two or four when it is read, and what holds it: twice what is usual is a fault. */
    private static final long MAX_ALLOCATED_BYTES = 32 << 20;

    @Option(names = "--limit-ms", description = "CPU time of one record")
    private double limitMs = 50;

    @Option(names = "--rounds", description = "measured, of which the least counts")
    private int rounds = 7;

    @Option(names = "--warm-up", description = "rounds before, at least")
    private int warmUp = 20;

    @Option(names = "--warm-up-ms", description = "time of the rounds before, at least: compilers work beside them")
    private int warmUpMs = 500;

    @Option(
            names = "--patience-ms",
            description = "time of more rounds for what is above the limit: neighbours on the same core come and go")
    private int patienceMs = 10_000;

    @Option(names = "--decoder", description = "only those whose name contains this")
    private String only = "";

    @Option(names = "--report", description = "file to write the report to, beside standard output")
    private Optional<Path> report = Optional.empty();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Drain drain = new Drain();
    private String[] arguments = {};

    private record Cost(Family family, String input, double ms, long bytes) {}

    public static void main(String[] arguments) {
        DecodeCost cost = new DecodeCost();
        cost.arguments = arguments;
        System.exit(new CommandLine(cost).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<Cost> costs = new ArrayList<>();
        Map<String, byte[]> inputs = Nasty.all();
        for (Family family : Family.values()) {
            if (!family.label().contains(only)) {
                continue;
            }
            Decoder decoder = family.decoder();
            inputs.forEach((name, bytes) -> costs.add(cost(family, decoder, name, bytes)));
        }
        String text = text(costs, inputs.size());
        System.out.println(text);
        if (report.isPresent()) {
            Files.writeString(report.get(), text);
        }
        return costs.stream().anyMatch(this::isAbove) ? 1 : 0;
    }

    private Cost cost(Family family, Decoder decoder, String input, byte[] bytes) {
        double ms = Double.MAX_VALUE;
        long allocated = Long.MAX_VALUE;
        long warm = System.nanoTime() + warmUpMs * 1_000_000L;
        for (int round = 0; round < warmUp || System.nanoTime() < warm; round++) {
            long unused = drain.decode(decoder, bytes);
        }
        long patience = System.nanoTime() + patienceMs * 1_000_000L;
        for (int round = 0; round < rounds || ms > limitMs && System.nanoTime() < patience; round++) {
            long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadCpuTime();
            long unused = drain.decode(decoder, bytes);
            ms = Math.min(ms, (threads.getCurrentThreadCpuTime() - before) / 1e6);
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - allocatedBefore);
        }
        return new Cost(family, input, ms, allocated);
    }

    private boolean isAbove(Cost cost) {
        return cost.ms > limitMs || cost.bytes > MAX_ALLOCATED_BYTES;
    }

    private String text(List<Cost> costs, int inputs) {
        StringBuilder text = new StringBuilder();
        text.append("# What a mebibyte of the worst costs a decoder, ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append("\n\n    perf/decode-cost ")
                .append(String.join(" ", arguments))
                .append(String.format(
                        Locale.ROOT,
                        "\n\n- %d records of 1 MiB to each decoder, whatever its format; least CPU time of %d rounds after %d or more in %d ms, one thread; more rounds for up to %d ms for what is above the limit\n",
                        inputs,
                        rounds,
                        warmUp,
                        warmUpMs,
                        patienceMs))
                .append(String.format(
                        Locale.ROOT,
                        "- machine: %d cores, %s, Java %s; load average %.1f at the end\n",
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        Runtime.version(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()))
                .append(String.format(
                        Locale.ROOT,
                        "- limits: %.0f ms, %d MiB allocated; above them: %d\n",
                        limitMs,
                        MAX_ALLOCATED_BYTES >> 20,
                        costs.stream().filter(this::isAbove).count()))
                .append("\n| decoder | the dearest records | ms | KiB allocated |\n|---|---|---|---|\n");
        for (Family family : Family.values()) {
            costs.stream()
                    .filter(cost -> cost.family == family)
                    .sorted(Comparator.comparingDouble(Cost::ms).reversed())
                    .limit(SHOWN)
                    .forEach(cost -> text.append(String.format(
                            Locale.ROOT,
                            "| %s | %s | %.1f | %d |%n",
                            family.label(),
                            cost.input,
                            cost.ms,
                            cost.bytes >> 10)));
        }
        return text.toString();
    }
}
