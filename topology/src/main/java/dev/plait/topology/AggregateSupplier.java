package dev.plait.topology;

import dev.plait.topology.config.PlaitConfig;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the tasks of windows, and brings their stores. */
record AggregateSupplier(PlaitConfig config, SloDefinitionFeed definitions, Set<Integer> senders)
        implements ProcessorSupplier<byte[], byte[], String, Windowed> {
    @Override
    public Processor<byte[], byte[], String, Windowed> get() {
        return new AggregateWindows(config, definitions, senders);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return TraceStores.ofWindows();
    }
}
