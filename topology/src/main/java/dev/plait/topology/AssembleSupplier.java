package dev.plait.topology;

import dev.plait.topology.config.PlaitConfig;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes assemblers, and brings their stores. */
record AssembleSupplier(PlaitConfig config, SloDefinitionFeed definitions, Set<Integer> senders)
        implements ProcessorSupplier<byte[], byte[], String, Emitted> {
    @Override
    public Processor<byte[], byte[], String, Emitted> get() {
        return new AssembleTraces(config, definitions, senders);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return TraceStores.ofAssembler();
    }
}
