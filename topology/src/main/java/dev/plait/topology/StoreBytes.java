package dev.plait.topology;

import dev.plait.correlator.DurableBytes;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A store as {@link DurableBytes}: its cache takes many puts of one key into one record of the changelog a commit. */
final class StoreBytes implements DurableBytes {
    private final KeyValueStore<String, byte[]> store;
    private final StringSerializer keys = new StringSerializer();

    StoreBytes(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(store.get(key));
    }

    @Override
    public void put(String key, byte[] value) {
        store.put(key, value);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> each) {
        try (KeyValueIterator<String, byte[]> found = prefix.isEmpty() ? store.all() : store.prefixScan(prefix, keys)) {
            found.forEachRemaining(one -> each.accept(one.key, one.value));
        }
    }
}
