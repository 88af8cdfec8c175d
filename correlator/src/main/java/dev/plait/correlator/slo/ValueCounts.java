package dev.plait.correlator.slo;

import dev.plait.correlator.PageReader;
import dev.plait.correlator.PageWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each of some values (a text, or several) was seen, and how often anything was. At most {@value #LIMIT} values: one
 * more drops the rarest and leaves a mark, so what is frequent stays, with a count that is a lower bound.
 */
final class ValueCounts {
    static final int LIMIT = 40;

    private static final Comparator<Map.Entry<List<String>, Long>> MOST_FIRST =
            Map.Entry.<List<String>, Long>comparingByValue()
                    .reversed()
                    .thenComparing(entry -> String.join("\0", entry.getKey()));

    private final Map<List<String>, Long> counts = new HashMap<>();
    private long total;
    private boolean partial;

    /** Nothing yet, or what {@link #bytes} wrote. */
    static ValueCounts of(byte[] bytes) {
        ValueCounts read = new ValueCounts();
        PageReader page = new PageReader(bytes);
        if (page.hasNext()) {
            read.total = page.number();
            read.partial = page.flag();
        }
        while (page.hasNext()) {
            int texts = page.count();
            List<String> value = new ArrayList<>(texts);
            for (int i = 0; i < texts; i++) {
                value.add(page.text());
            }
            read.counts.put(value, page.number());
        }
        return read;
    }

    byte[] bytes() {
        PageWriter page = new PageWriter(128).number(total).flag(partial);
        for (Map.Entry<List<String>, Long> each : mostFirst()) {
            page.number(each.getKey().size());
            each.getKey().forEach(page::text);
            page.number(each.getValue());
        }
        return page.bytes();
    }

    void addTotal(long more) {
        total += more;
    }

    /** Whether the value was not known. */
    boolean add(List<String> value, long more) {
        Long before = counts.put(value, counts.getOrDefault(value, 0L) + more);
        if (counts.size() > LIMIT) {
            partial = true;
            List<Map.Entry<List<String>, Long>> all = mostFirst();
            counts.remove(all.get(all.size() - 1).getKey());
        }
        return before == null && counts.containsKey(value);
    }

    /** Adds all of another; there is no limit here. */
    void addAll(ValueCounts other) {
        other.counts.forEach((value, count) -> counts.merge(value, count, Long::sum));
        total += other.total;
        partial |= other.partial;
    }

    /** By count, then by text. */
    List<Map.Entry<List<String>, Long>> mostFirst() {
        return counts.entrySet().stream().sorted(MOST_FIRST).toList();
    }

    long total() {
        return total;
    }

    boolean isPartial() {
        return partial;
    }
}
