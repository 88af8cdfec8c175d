package dev.plait.sink.alertmanager;

import dev.plait.sink.delivery.DeliverySettings;
import dev.plait.sink.delivery.HttpSettings;
import dev.plait.sink.delivery.ShownUrl;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/**
 * The sink's configuration.
 *
 * @param urls {@code urls}: of all replicas, with the path under which each is served, without {@code /api/v2}
 * @param resend {@code resend.interval.ms}, default 60000, 1000 to 3600000: how often what fires is posted again; it is said to
 *     end three intervals later
 * @param resolved {@code resolved.resend.ms}, default 300000, 0 to 86400000: how long what has ended is posted again
 * @param stale {@code stale.after.ms}, default 900000, 10000 to 604800000: an alert of which nothing newer is known is let go
 * @param labels {@code labels}: {@code name=value,…}, added to every alert
 * @param generatorUrl {@code generator.url}: with {@code {fingerprint}}, {@code {slo}} and {@code {trace}} filled in; may be empty
 */
record AlertmanagerConfig(
        List<URI> urls,
        Duration resend,
        Duration resolved,
        Duration stale,
        Map<String, String> labels,
        String generatorUrl,
        DeliverySettings delivery,
        HttpSettings http) {
    private static final String GROUP = "Alertmanager";
    private static final String URLS = "urls";
    private static final String LABELS = "labels";
    private static final int MAX_URLS = 16;

    static ConfigDef keys() {
        ConfigDef keys = new ConfigDef()
                .define(
                        URLS,
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        AlertmanagerConfig::checkUrls,
                        Importance.HIGH,
                        "URLs of all replicas of the Alertmanager, such as http://alertmanager-0:9093. Alerts go to each, as"
                                + " replicas tell copies apart and one behind a balancer would not know of all.",
                        GROUP,
                        0,
                        Width.LONG,
                        URLS);
        millis(
                keys,
                1,
                "resend.interval.ms",
                60_000,
                1_000,
                3_600_000,
                "How often what fires is posted again. It is said to end three intervals later, so it ends by itself when"
                        + " nobody posts any more.");
        millis(
                keys,
                2,
                "resolved.resend.ms",
                300_000,
                0,
                86_400_000,
                "How long what has ended is posted again, for a replica that was away.");
        millis(
                keys,
                3,
                "stale.after.ms",
                900_000,
                10_000,
                604_800_000,
                "An alert of which no newer record has come for so long is let go: the engine writes what fires each minute.");
        keys.define(
                LABELS,
                ConfigDef.Type.LIST,
                "",
                AlertmanagerConfig::checkLabels,
                Importance.LOW,
                "name=value pairs that are added to every alert, such as cluster=eu-1.",
                GROUP,
                4,
                Width.LONG,
                LABELS);
        keys.define(
                "generator.url",
                ConfigDef.Type.STRING,
                "",
                Importance.LOW,
                "Where a person is led to; {fingerprint}, {slo} and {trace} are filled in.",
                GROUP,
                5,
                Width.LONG,
                "generator.url");
        return HttpSettings.define(DeliverySettings.define(keys));
    }

    private static void millis(ConfigDef keys, int order, String key, int byDefault, int least, int most, String what) {
        keys.define(
                key,
                ConfigDef.Type.INT,
                byDefault,
                Range.between(least, most),
                Importance.LOW,
                what,
                GROUP,
                order,
                Width.SHORT,
                key);
    }

    /** @throws ConfigException that names the key, and what would be right */
    static AlertmanagerConfig of(Map<String, String> settings) {
        AbstractConfig config = new AbstractConfig(keys(), settings, false);
        return new AlertmanagerConfig(
                config.getList(URLS).stream().map(AlertmanagerConfig::url).toList(),
                Duration.ofMillis(config.getInt("resend.interval.ms")),
                Duration.ofMillis(config.getInt("resolved.resend.ms")),
                Duration.ofMillis(config.getInt("stale.after.ms")),
                labels(config.getList(LABELS)),
                config.getString("generator.url"),
                DeliverySettings.of(config),
                HttpSettings.of(config));
    }

    private static void checkUrls(String key, Object value) {
        List<?> urls = value == null ? List.of() : (List<?>) value;
        if (urls.isEmpty() || urls.size() > MAX_URLS) {
            throw new ConfigException(key, value, "1 to " + MAX_URLS + " URLs are expected");
        }
        urls.forEach(url -> url(String.valueOf(url)));
    }

    /** The address of the alerts of one replica. */
    private static URI url(String text) {
        try {
            URI url = URI.create(text.strip());
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getRawQuery() == null) {
                String base = text.strip().replaceAll("/+$", "");
                return URI.create(base + "/api/v2/alerts");
            }
        } catch (IllegalArgumentException notOne) {
            // said below
        }
        throw new ConfigException(URLS + ": " + ShownUrl.of(text)
                + ": http:// or https:// URLs without user and query are expected, such as"
                + " http://alertmanager:9093");
    }

    private static void checkLabels(String key, Object value) {
        labels(
                value == null
                        ? List.of()
                        : ((List<?>) value).stream().map(String::valueOf).toList());
    }

    private static Map<String, String> labels(List<String> pairs) {
        Map<String, String> labels = new LinkedHashMap<>();
        List<String> bad = new ArrayList<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals).strip();
            if (equals < 0 || !name.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
                bad.add(pair);
            } else {
                labels.put(name, pair.substring(equals + 1).strip());
            }
        }
        if (!bad.isEmpty()) {
            throw new ConfigException(LABELS, bad, "name=value is expected, names of letters, digits and underscores");
        }
        return labels;
    }
}
