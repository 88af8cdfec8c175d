package dev.plait.sink.otlp;

import dev.plait.sink.delivery.DeliveringTask;
import dev.plait.sink.delivery.DeliveryMetrics;
import dev.plait.sink.delivery.DeliverySettings;
import dev.plait.sink.delivery.HttpSender;
import dev.plait.sink.delivery.HttpSettings;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A task of {@link OtlpSinkConnector}. */
public final class OtlpSinkTask extends DeliveringTask {
    @Override
    protected Way way(Map<String, String> settings, DeliveryMetrics metrics) {
        OtlpSinkConfig config = new OtlpSinkConfig(OtlpKeys.define(), settings);
        OtlpMetrics items = OtlpMetrics.register(settings);
        OtlpSender sender = new OtlpSender(config, transport(config), items, Clock.systemUTC());
        return new Way(DeliverySettings.of(config), sender);
    }

    private static Transport transport(OtlpSinkConfig config) {
        HttpSettings settings = HttpSettings.of(config);
        int maxBytes = config.limits().maxBytes();
        if (config.protocol() == Protocol.GRPC) {
            Map<String, String> headers = new LinkedHashMap<>();
            settings.authorization().ifPresent(value -> headers.put("authorization", value));
            headers.putAll(config.allHeaders());
            GrpcTarget target = new GrpcTarget(
                    Endpoints.url(config.getString(OtlpKeys.ENDPOINT)),
                    settings.tls().orElseGet(OtlpSinkTask::trustOfTheJvm));
            return new GrpcTransport(target, headers, config.gzip(), maxBytes, settings.requestTimeout());
        }
        return new HttpTransport(
                new HttpSender(settings),
                config.endpoints(),
                config.allHeaders(),
                config.protocol() == Protocol.HTTP_JSON,
                config.gzip(),
                maxBytes);
    }

    private static SSLContext trustOfTheJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has a default SSL context", impossible);
        }
    }
}
