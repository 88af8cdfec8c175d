package dev.plait.correlator.red;

import dev.plait.correlator.DurableBytes;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Durable bytes of tests, which can be looked at and copied. */
public final class MapBytes implements DurableBytes {
    public final TreeMap<String, byte[]> map = new TreeMap<>();

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(map.get(key)).map(byte[]::clone);
    }

    @Override
    public void put(String key, byte[] value) {
        map.put(key, value.clone());
    }

    @Override
    public void delete(String key) {
        map.remove(key);
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> each) {
        map.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .forEach(entry -> each.accept(entry.getKey(), entry.getValue()));
    }
}
