package dev.plait.correlator.slo;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.PageReader;
import dev.plait.correlator.PageWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The best {@value #LIMIT} examples of the last hour, on one page. What is best depends on the examples and the minute they came
 * in only, not on their order.
 *
 * @param <T> an example
 */
final class Examples<T> {
    static final int LIMIT = 8;

    private final String key;
    private final DurableBytes pages;
    private final Function<T, String> identity;
    private final Comparator<Example<T>> bestFirst;
    private final BiConsumer<PageWriter, T> writer;
    private final Function<PageReader, T> reader;

    Examples(
            String key,
            DurableBytes pages,
            Function<T, String> identity,
            Comparator<Example<T>> bestFirst,
            BiConsumer<PageWriter, T> writer,
            Function<PageReader, T> reader) {
        this.key = key;
        this.pages = pages;
        this.identity = identity;
        this.bestFirst = bestFirst;
        this.writer = writer;
        this.reader = reader;
    }

    /** An example and the minute it came in. */
    record Example<T>(long minute, T value) {}

    /** Keeps the best of what is there and what comes, without those before a minute; whether these are the first. */
    boolean add(long minute, long oldestMinute, List<T> more) {
        List<Example<T>> before = read();
        List<Example<T>> all = new ArrayList<>(before);
        more.forEach(value -> all.add(new Example<>(minute, value)));
        all.removeIf(example -> example.minute < oldestMinute);
        all.sort(bestFirst);
        List<Example<T>> kept = new ArrayList<>();
        for (Example<T> example : all) {
            String id = identity.apply(example.value);
            if (kept.size() < LIMIT
                    && kept.stream()
                            .noneMatch(other -> identity.apply(other.value).equals(id))) {
                kept.add(example);
            }
        }
        if (!kept.equals(before)) {
            write(kept);
        }
        return before.isEmpty() && !kept.isEmpty();
    }

    /** The best first. */
    List<T> within(long from, long to, int limit) {
        return read().stream()
                .filter(example -> example.minute >= from && example.minute <= to)
                .limit(limit)
                .map(Example::value)
                .toList();
    }

    /** Deletes the page when all on it is older. */
    void expire(long oldestMinute) {
        List<Example<T>> all = read();
        if (!all.isEmpty() && all.stream().allMatch(example -> example.minute < oldestMinute)) {
            pages.delete(key);
        }
    }

    private List<Example<T>> read() {
        Optional<byte[]> bytes = pages.get(key);
        List<Example<T>> all = new ArrayList<>(LIMIT + 1);
        if (bytes.isPresent()) {
            PageReader page = new PageReader(bytes.get());
            while (page.hasNext()) {
                all.add(new Example<>(page.number(), reader.apply(page)));
            }
        }
        return all;
    }

    private void write(List<Example<T>> examples) {
        PageWriter page = new PageWriter(512);
        for (Example<T> example : examples) {
            page.number(example.minute);
            writer.accept(page, example.value);
        }
        pages.put(key, page.bytes());
    }
}
