package dev.plait.topology;

import dev.plait.topology.config.PlaitConfig;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes matchers, and brings their stores. */
record MatchSupplier(PlaitConfig config, SloDefinitionFeed definitions, Set<Integer> senders)
        implements ProcessorSupplier<byte[], byte[], byte[], Routed> {
    @Override
    public Processor<byte[], byte[], byte[], Routed> get() {
        return new MatchRequests(config, definitions, senders);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return TraceStores.ofMatcher();
    }
}
