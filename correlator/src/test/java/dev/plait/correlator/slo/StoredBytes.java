package dev.plait.correlator.slo;

import dev.plait.correlator.DurableBytes;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What survives a restart, in a test. */
final class StoredBytes implements DurableBytes {
    private final TreeMap<String, byte[]> pages = new TreeMap<>();
    private long written;

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(pages.get(key));
    }

    @Override
    public void put(String key, byte[] value) {
        pages.put(key, value);
        written += value.length;
    }

    @Override
    public void delete(String key) {
        pages.remove(key);
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> each) {
        pages.subMap(prefix, prefix + Character.MAX_VALUE).forEach(each);
    }

    int size() {
        return pages.size();
    }

    /** Keys and values. */
    long bytes() {
        return pages.entrySet().stream()
                .mapToLong(page -> page.getKey().length() + page.getValue().length)
                .sum();
    }

    /** All values ever put. */
    long written() {
        return written;
    }
}
