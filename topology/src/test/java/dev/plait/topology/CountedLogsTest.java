package dev.plait.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.FrameItems;
import java.lang.reflect.Proxy;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class CountedLogsTest {
    @Test
    void commit_forgetsTheOldestBeyondTheLimit() {
        KeyValueStore<Long, byte[]> store = store();
        CountedLogs logs = new CountedLogs(store, 600_000, 2);

        assertThat(count(logs, 1)).isZero();
        assertThat(count(logs, 2)).isZero();
        assertThat(count(logs, 3)).isEqualTo(1);

        assertThat(store.approximateNumEntries()).isEqualTo(2);
        CountedLogs restarted = new CountedLogs(store, 600_000, 2);
        assertThat(restarted.isFirst(log(3), 0)).isFalse();
        assertThat(restarted.isFirst(log(2), 0)).isFalse();
        assertThat(restarted.isFirst(log(1), 0)).isTrue();
    }

    private static int count(CountedLogs logs, long hash) {
        assertThat(logs.isFirst(log(hash), 0)).isTrue();
        return logs.commit(log(hash));
    }

    /** A frame of one log of that content. */
    private static FrameItems log(long hash) {
        return (FrameItems) Proxy.newProxyInstance(
                FrameItems.class.getClassLoader(),
                new Class<?>[] {FrameItems.class},
                (proxy, method, arguments) -> method.getName().equals("contentHash") ? hash : 0L);
    }

    private static KeyValueStore<Long, byte[]> store() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        KeyValueStore<Long, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(TraceStores.COUNTED), Serdes.Long(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
