package dev.plait.correlator;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Bytes under text keys that outlive a restart: what windows and counts are kept in. Who hands it in makes it durable (a
 * store with a changelog; a map in tests). Values are neither changed after they were put nor after they were got.
 */
public interface DurableBytes {
    Optional<byte[]> get(String key);

    void put(String key, byte[] value);

    void delete(String key);

    /** Goes over the keys that begin with {@code prefix}, ascending. The keys must not be changed meanwhile. */
    void forEach(String prefix, BiConsumer<String, byte[]> each);
}
