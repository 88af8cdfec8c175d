package dev.plait.correlator.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plait.schemas.model.SloDefinition;
import dev.plait.schemas.model.SloDefinition.AlertRule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What identifies an alert. */
final class AlertLabels {
    private static final byte[] SEPARATOR = {(byte) 0xFF};
    private static final int FINGERPRINT_BYTES = 8;

    private AlertLabels() {}

    /**
     * {@code alertname}, {@code severity}, {@code slo}, {@code service} and the group. A group by service tells the service
     * more closely than the definition does, so its value stands.
     */
    static Map<String, String> of(SloDefinition definition, Map<String, String> group, AlertRule rule) {
        Map<String, String> about = new TreeMap<>(group);
        about.putIfAbsent("service", definition.service());
        return of(Map.of("alertname", rule.name(), "severity", rule.severity(), "slo", definition.name()), about);
    }

    /**
     * What names an alert, and what it is about: of the latter a key that is one of the former is written {@code group_name}.
     * Alertmanager takes an empty label for none, so there are none.
     */
    static Map<String, String> of(Map<String, String> own, Map<String, String> about) {
        Map<String, String> labels = new TreeMap<>();
        about.forEach((key, value) -> labels.put(own.containsKey(key) ? "group_" + key : key, value));
        labels.putAll(own);
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    /** The first 16 hex digits of the SHA-256 of names and values by name, each followed by the byte 0xFF. */
    static String fingerprint(Map<String, String> labels) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(labels).forEach((name, value) -> {
                digest.update(name.getBytes(UTF_8));
                digest.update(SEPARATOR);
                digest.update(value.getBytes(UTF_8));
                digest.update(SEPARATOR);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
