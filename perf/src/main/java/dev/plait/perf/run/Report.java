package dev.plait.perf.run;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.AppInfoParser;

/** A run as Markdown. Of several rounds: the median, and in brackets the lowest and highest. */
final class Report {
    private final RunPlan plan;
    private final Preload preload;
    private final Preload frames;
    private final String arguments;

    Report(RunPlan plan, Preload preload, Preload frames, String arguments) {
        this.plan = plan;
        this.preload = preload;
        this.frames = frames;
        this.arguments = arguments;
    }

    String text(List<Figures> figures) {
        Map<String, List<Figures>> byName =
                new TreeMap<>(figures.stream().collect(Collectors.groupingBy(Figures::name)));
        boolean right = figures.stream().allMatch(each -> each.output().isRight());
        List<String> lines = new ArrayList<>();
        lines.add("# End-to-end run, " + LocalDate.now(ZoneOffset.UTC) + (right ? "" : ": VOID"));
        lines.add("");
        lines.add("    perf/run " + arguments);
        lines.add("");
        facts(lines);
        lines.add("");
        table(lines, byName);
        lines.add("");
        ratios(lines, byName);
        saved(lines, byName);
        answers(lines, figures);
        bytes(lines, byName);
        return String.join("\n", lines) + "\n";
    }

    private void facts(List<String> lines) {
        lines.add("- load: " + plan.workload());
        lines.add(String.format(
                Locale.ROOT,
                "- input: %,d spans in %,d records over %d partitions, %.0f B a span before compression",
                preload.spans(),
                preload.records(),
                plan.partitions(),
                (double) preload.payloadBytes() / preload.spans()));
        lines.add("- settings: exactly once, commit interval "
                + plan.commitInterval().toMillis() + " ms, " + plan.threads() + " threads, " + plan.partitions()
                + " partitions, lz4; every `traces` key at its default");
        lines.add("- systems run with `" + String.join(" ", plan.engineOptions()) + "`, the broker with `"
                + String.join(" ", plan.brokerOptions()) + "`, all on the same cores");
        lines.add("- machine: " + Runtime.getRuntime().availableProcessors() + " cores, "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + Runtime.version() + ", Kafka " + AppInfoParser.getVersion());
    }

    private static void table(List<String> lines, Map<String, List<Figures>> byName) {
        lines.add("| | " + String.join(" | ", byName.keySet()) + " |");
        lines.add("|---|" + "---|".repeat(byName.size()));
        row(lines, byName, "spans/s, warm", "%,.0f", Figures::warmRate);
        row(lines, byName, "spans/s, from process start", "%,.0f", Figures::rate);
        row(lines, byName, "CPU s per million spans, system, warm", "%.2f", Figures::engineCpu);
        row(lines, byName, "CPU s per million spans, broker, warm", "%.2f", Figures::brokerCpu);
        row(lines, byName, "CPU s per million spans, system, whole", "%.2f", Figures::coldEngineCpu);
        row(lines, byName, "CPU s per million spans, broker, whole", "%.2f", Figures::coldBrokerCpu);
        row(lines, byName, "seconds, process start to last output", "%.1f", Figures::drainSeconds);
        row(lines, byName, "peak RSS, MiB, system", "%.0f", figures -> figures.peakEngineKib() / 1024.0);
        row(lines, byName, "peak RSS, MiB, broker so far", "%.0f", figures -> figures.peakBrokerKib() / 1024.0);
        row(lines, byName, "load average before", "%.1f", Figures::loadBefore);
        row(lines, byName, "load average after", "%.1f", Figures::loadAfter);
    }

    private static void row(
            List<String> lines,
            Map<String, List<Figures>> byName,
            String label,
            String format,
            ToDoubleFunction<Figures> figure) {
        lines.add("| " + label + " | "
                + byName.values().stream()
                        .map(rounds -> cell(format, rounds, figure))
                        .collect(Collectors.joining(" | "))
                + " |");
    }

    private static String cell(String format, List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        String middle = String.format(Locale.ROOT, format, median(rounds, figure));
        return sorted.length == 1
                ? middle
                : middle
                        + String.format(
                                Locale.ROOT,
                                " (" + format + " to " + format + ")",
                                sorted[0],
                                sorted[sorted.length - 1]);
    }

    private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static void ratios(List<String> lines, Map<String, List<Figures>> byName) {
        List<Figures> plait = byName.getOrDefault("plait", List.of());
        for (String ceiling : List.of("identity", "two-hop")) {
            if (!plait.isEmpty() && byName.containsKey(ceiling)) {
                lines.add(String.format(
                        Locale.ROOT,
                        "Plait runs at %.0f %% of %s's warm rate and takes %.1f times its CPU (system and broker).",
                        100 * median(plait, Figures::warmRate) / median(byName.get(ceiling), Figures::warmRate),
                        ceiling,
                        median(plait, Report::cpu) / median(byName.get(ceiling), Report::cpu)));
                lines.add("");
            }
        }
    }

    /** What it is worth that receivers write frames, and what they pay for it. */
    private void saved(List<String> lines, Map<String, List<Figures>> byName) {
        List<Figures> onRequests = byName.getOrDefault("plait", List.of());
        List<Figures> onFrames = byName.getOrDefault("plait, frames", List.of());
        if (onRequests.isEmpty() || onFrames.isEmpty()) {
            return;
        }
        double requestsCpu = median(onRequests, Report::cpu) + receiverCpu(preload);
        double framesCpu = median(onFrames, Report::cpu) + receiverCpu(frames);
        lines.add(String.format(
                Locale.ROOT,
                "On frames (`partitioned-by: plait`) Plait runs at %.0f %% of its warm rate on requests. A receiver's thread takes "
                        + "%.2f CPU s per million spans to check requests and %.2f to make frames of them; with it, receiver, "
                        + "engine and broker take %.1f instead of %.1f: %.0f %% less.",
                100 * median(onFrames, Figures::warmRate) / median(onRequests, Figures::warmRate),
                receiverCpu(preload),
                receiverCpu(frames),
                framesCpu,
                requestsCpu,
                100 * (1 - framesCpu / requestsCpu)));
        lines.add("");
    }

    private static double receiverCpu(Preload input) {
        return input.receiverCpuSeconds() / input.spans() * 1e6;
    }

    private static double cpu(Figures figures) {
        return figures.engineCpu() + figures.brokerCpu();
    }

    private static void answers(List<String> lines, List<Figures> figures) {
        lines.add("Answers:");
        for (Figures each : figures) {
            lines.add("- " + each.name() + ": " + each.output().verdict());
            each.output().problems().forEach(problem -> lines.add("  - VOID: " + problem));
        }
    }

    private void bytes(List<String> lines, Map<String, List<Figures>> byName) {
        lines.add("");
        lines.add("Bytes in the broker's log for each span, after the first round of each:");
        lines.add("");
        lines.add("| system | topic | B/span |");
        lines.add("|---|---|---|");
        byName.forEach((name, rounds) -> rounds.get(0).bytesByTopic().forEach((topic, bytes) -> {
            if (bytes > 0 && !topic.startsWith("__")) {
                lines.add(String.format(
                        Locale.ROOT, "| %s | %s | %.0f |", name, topic, (double) bytes / preload.spans()));
            }
        }));
    }
}
