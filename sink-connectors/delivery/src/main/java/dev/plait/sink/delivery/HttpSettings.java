package dev.plait.sink.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * How a backend is reached over HTTP, the same for all sinks that do.
 *
 * @param connectTimeout {@code http.connect.timeout.ms}, default 5000, 100 to 600000
 * @param requestTimeout {@code http.request.timeout.ms}, default 10000, 100 to 600000: until the whole answer is there
 * @param authorization from {@code http.auth.bearer.token}, or {@code http.auth.basic.username} and {@code http.auth.basic.password}
 * @param tls trust and keys from Kafka's own {@code ssl.*} keys; those of the JVM when none is given. Host names are verified
 */
public record HttpSettings(
        Duration connectTimeout, Duration requestTimeout, Optional<String> authorization, Optional<SSLContext> tls) {
    private static final String GROUP = "HTTP";
    private static final String TOKEN = "http.auth.bearer.token";
    private static final String USER = "http.auth.basic.username";
    private static final String PASSWORD = "http.auth.basic.password";

    /** Adds the keys to a connector's, Kafka's {@code ssl.*} among them. */
    public static ConfigDef define(ConfigDef keys) {
        timeout(keys, 0, "http.connect.timeout.ms", 5_000, "How long to wait for a connection.");
        timeout(keys, 1, "http.request.timeout.ms", 10_000, "How long to wait for the whole answer to a request.");
        secret(keys, 2, TOKEN, "Token of the header Authorization: Bearer. Not with basic authentication.");
        keys.define(
                USER,
                ConfigDef.Type.STRING,
                null,
                Importance.MEDIUM,
                "User of basic authentication.",
                GROUP,
                3,
                Width.MEDIUM,
                USER);
        secret(keys, 4, PASSWORD, "Password of basic authentication.");
        return keys.withClientSslSupport();
    }

    private static void timeout(ConfigDef keys, int order, String key, int byDefault, String what) {
        keys.define(
                key,
                ConfigDef.Type.INT,
                byDefault,
                Range.between(100, 600_000),
                Importance.LOW,
                what,
                GROUP,
                order,
                Width.SHORT,
                key);
    }

    private static void secret(ConfigDef keys, int order, String key, String what) {
        keys.define(key, ConfigDef.Type.PASSWORD, null, Importance.MEDIUM, what, GROUP, order, Width.MEDIUM, key);
    }

    /** Of a configuration that was checked. @throws ConfigException when keys do not go together, or a store cannot be read; without any secret */
    public static HttpSettings of(AbstractConfig config) {
        return new HttpSettings(
                Duration.ofMillis(config.getInt("http.connect.timeout.ms")),
                Duration.ofMillis(config.getInt("http.request.timeout.ms")),
                authorization(config),
                tls(config));
    }

    private static Optional<String> authorization(AbstractConfig config) {
        Password token = config.getPassword(TOKEN);
        String user = config.getString(USER);
        Password password = config.getPassword(PASSWORD);
        if (user == null != (password == null)) {
            throw new ConfigException(
                    (user == null ? USER : PASSWORD) + " is missing; basic authentication needs both");
        }
        if (token != null && user != null) {
            throw new ConfigException(TOKEN + " and " + USER + " are both given; choose one");
        }
        if (token != null) {
            return Optional.of("Bearer " + token.value());
        }
        return Optional.ofNullable(user).map(name -> "Basic " + base64(name + ":" + password.value()));
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Kafka reads stores and PEM files of all kinds; its factory is the one that its own clients use. */
    private static Optional<SSLContext> tls(AbstractConfig config) {
        Map<String, Object> given = new HashMap<>(config.valuesWithPrefixOverride(""));
        boolean any = config.originals().keySet().stream()
                .anyMatch(key -> key.startsWith("ssl.truststore.") || key.startsWith("ssl.keystore."));
        if (!any) {
            return Optional.empty();
        }
        DefaultSslEngineFactory factory = new DefaultSslEngineFactory();
        try {
            factory.configure(given);
            return Optional.of(factory.sslContext());
        } catch (org.apache.kafka.common.KafkaException unusable) {
            throw new ConfigException("ssl.*: " + unusable.getMessage());
        }
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "HttpSettings[connectTimeout=" + connectTimeout + ", requestTimeout=" + requestTimeout
                + ", authorization=" + authorization.isPresent() + ", tls=" + tls.isPresent() + "]";
    }
}
