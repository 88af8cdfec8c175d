package dev.plait.correlator.slo;

import dev.plait.correlator.DurableBytes;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The part of a store whose keys begin with a prefix, which they are seen without. */
final class PrefixedBytes implements DurableBytes {
    private final DurableBytes all;
    private final String prefix;

    PrefixedBytes(DurableBytes all, String prefix) {
        this.all = all;
        this.prefix = prefix;
    }

    @Override
    public Optional<byte[]> get(String key) {
        return all.get(prefix.concat(key));
    }

    @Override
    public void put(String key, byte[] value) {
        all.put(prefix.concat(key), value);
    }

    @Override
    public void delete(String key) {
        all.delete(prefix.concat(key));
    }

    @Override
    public void forEach(String keyPrefix, BiConsumer<String, byte[]> each) {
        all.forEach(prefix.concat(keyPrefix), (key, value) -> each.accept(key.substring(prefix.length()), value));
    }
}
