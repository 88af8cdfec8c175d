package dev.plait.app;

import dev.plait.app.demo.OtlpEndpoints;
import dev.plait.app.kafka.LoopbackPorts;
import dev.plait.topology.config.PlaitConfig;
import dev.plait.topology.config.ReceiversConfig;
import dev.plait.topology.config.SourceConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The receivers that the demo's services send to: those of the configuration where anyone on this machine may send to them,
 * otherwise (a port is taken or closed, TLS, a token) two more on free ports.
 */
final class DemoReceivers {
    private static final Set<String> REACHABLE = Set.of(LoopbackPorts.HOST, "localhost", "0.0.0.0");

    private DemoReceivers() {}

    static OtlpEndpoints of(PlaitConfig config, Receivers configured, Lifetime lifetime) throws IOException {
        ReceiversConfig ports = config.receivers();
        if (configured.hasOtlp() && isOpenToAnyone(ports)) {
            return endpoints(ports.http().number(), ports.grpc().number());
        }
        int http = LoopbackPorts.any();
        int grpc = LoopbackPorts.any();
        String own = "receivers: { http-port: " + http + ", grpc-port: " + grpc + ", zipkin-port: 0, tcp-port: 0 }";
        lifetime.add(Receivers.start(config, PlaitConfig.parse(own, Map.of()).receivers(), true));
        return endpoints(http, grpc);
    }

    /** Whether every signal has a topic that receivers write it to. */
    static boolean haveTopics(PlaitConfig config) {
        return List.of(SourceConfig.Signal.values()).stream()
                .allMatch(signal -> config.sources().stream()
                        .anyMatch(source -> source.format() == SourceConfig.Format.OTLP
                                && !source.pattern()
                                && source.signal() == signal));
    }

    private static boolean isOpenToAnyone(ReceiversConfig ports) {
        return ports.http().number() != 0
                && ports.grpc().number() != 0
                && ports.bearerToken().isEmpty()
                && ports.tls().isEmpty()
                && REACHABLE.contains(ports.host());
    }

    private static OtlpEndpoints endpoints(int http, int grpc) {
        return new OtlpEndpoints(
                "http://" + LoopbackPorts.HOST + ":" + http, "http://" + LoopbackPorts.HOST + ":" + grpc);
    }
}
