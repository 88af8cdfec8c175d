package dev.plait.topology.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code receivers}: the ports of {@code plait receive} and {@code plait up}.
 *
 * @param host {@code host}, default {@code 127.0.0.1}: the interface that is listened on; {@code 0.0.0.0} for all
 * @param http {@code http-port}, default 4318: OTLP/HTTP, Kong's http-log, Zipkin, Prometheus remote write
 * @param grpc {@code grpc-port}, default 4317: OTLP/gRPC
 * @param zipkin {@code zipkin-port}, default 9411: the same as {@code http-port}, where Zipkin's senders look for it
 * @param lines {@code tcp-port}, default 54525: access logs of Kong and of the mesh, one a line. With a bearer token it is closed
 *     unless it is configured, as there is no place for a token
 * @param bearerToken {@code bearer-token}, or the first line of {@code bearer-token-file}; default none: anyone may send
 * @param tls {@code tls-certificate} and {@code tls-key}, default none: PEM files
 * @param maxRequestBytes {@code max-request}, default 20MiB, 64KiB to 256MiB: of one request, decompressed
 * @param maxInFlightBytes {@code max-in-flight}, default 64MiB, 1MiB to 16GiB: of all requests that are not answered yet
 * @param maxConnections {@code max-connections}, default 2000, 1 to 1000000: of each port
 * @param requestTimeout {@code request-timeout}, default 10s, 100ms to 5m: within which a whole request must have come
 * @param idleTimeout {@code idle-timeout}, default 60s, 1s to 1h: of a connection without a request
 * @param ackTimeout {@code ack-timeout}, default 4s, 100ms to 5m: within which Kafka must have acknowledged
 * @param maxRequestsPerSecond {@code max-requests-per-second}, default none (0), 1 to 1000000: of all ports of a process
 * @param maxBytesPerSecond {@code max-bytes-per-second}, default none (0), 1KiB to 16GiB: of all ports of a process, decompressed
 * @param maxLineBytes {@code max-line}, default 1MiB, 4KiB to 2MiB: of a line over TCP, which is cut there
 * @param lineIdleTimeout {@code tcp-idle-timeout}, default 1h, 1s to 1d: of a TCP connection that sends nothing
 * @param corsOrigins {@code cors-origins}, default none: origins of web pages that may send to the HTTP port, such as {@code
 *     https://shop.example}; {@code *} alone for any
 */
public record ReceiversConfig(
        String host,
        Port http,
        Port grpc,
        Port zipkin,
        Port lines,
        Optional<Secret> bearerToken,
        Optional<TlsFiles> tls,
        long maxRequestBytes,
        long maxInFlightBytes,
        int maxConnections,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration ackTimeout,
        long maxRequestsPerSecond,
        long maxBytesPerSecond,
        int maxLineBytes,
        Duration lineIdleTimeout,
        List<String> corsOrigins) {
    private static final int MIB = 1 << 20;

    /** Scheme, host and port; browsers send it in lower case and without a path. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9._\\-\\[\\]:]+");

    /**
     * A port to listen on.
     *
     * @param number 0: the port stays closed
     * @param configured whether it was asked for, so that it is an error when it is taken
     */
    public record Port(int number, boolean configured) {}

    /** PEM files. */
    public record TlsFiles(Path certificate, Path key) {}

    public ReceiversConfig {
        corsOrigins = List.copyOf(corsOrigins);
        if (maxInFlightBytes < 3 * maxRequestBytes) {
            // a request is held compressed and decompressed for a moment; one that never fits would be sent for ever
            throw ConfigException.bad(
                    "receivers.max-in-flight",
                    maxInFlightBytes + " bytes",
                    "at least three times receivers.max-request (" + maxRequestBytes + " bytes)");
        }
    }

    static ReceiversConfig of(Section section) {
        Optional<Secret> token = token(section);
        ReceiversConfig config = new ReceiversConfig(
                section.text("host", "127.0.0.1"),
                port(section, "http-port", 4318),
                port(section, "grpc-port", 4317),
                port(section, "zipkin-port", 9411),
                port(section, "tcp-port", token.isPresent() ? 0 : 54_525),
                token,
                tls(section),
                section.sizeBytes("max-request", 20 * MIB, MIB / 16, 256 * MIB),
                section.sizeBytes("max-in-flight", 64 * MIB, MIB, 16L << 30),
                section.whole("max-connections", 2000, 1, 1_000_000),
                section.duration(
                        "request-timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5)),
                section.duration("idle-timeout", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofHours(1)),
                section.duration("ack-timeout", Duration.ofSeconds(4), Duration.ofMillis(100), Duration.ofMinutes(5)),
                section.has("max-requests-per-second") ? section.whole("max-requests-per-second", 1, 1, 1_000_000) : 0,
                section.sizeBytes("max-bytes-per-second", 0, MIB / 1024, 16L << 30),
                (int) section.sizeBytes("max-line", MIB, MIB / 256, 2 * MIB),
                section.duration("tcp-idle-timeout", Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(1)),
                origins(section));
        section.end();
        distinct(section, List.of("http-port", "grpc-port", "zipkin-port", "tcp-port"));
        return config;
    }

    private static Port port(Section section, String key, int byDefault) {
        return new Port(section.whole(key, byDefault, 0, 65_535), section.has(key));
    }

    /** Of what is configured: a default that is taken stays closed. */
    private static void distinct(Section section, List<String> ports) {
        Map<String, String> keys = new HashMap<>();
        for (String key : ports) {
            String number = section.text(key, "0");
            String other = number.equals("0") ? null : keys.putIfAbsent(number, key);
            if (other != null) {
                throw section.bad(key, number, "another port than that of receivers." + other);
            }
        }
    }

    private static List<String> origins(Section section) {
        List<String> origins = section.list("cors-origins");
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches() && !(origin.equals("*") && origins.size() == 1)) {
                throw section.bad("cors-origins", origin, "origins such as https://shop.example:8443, or * alone");
            }
        }
        return origins;
    }

    private static Optional<Secret> token(Section section) {
        boolean given = section.has("bearer-token");
        boolean inFile = section.has("bearer-token-file");
        if (given && inFile) {
            throw new ConfigException("receivers.bearer-token: allowed only without bearer-token-file");
        }
        if (!given && !inFile) {
            return Optional.empty();
        }
        String token = given ? section.text("bearer-token", "") : firstLine(section.text("bearer-token-file", ""));
        if (!token.matches("[\\x21-\\x7e]{8,4096}")) {
            // without the value: this message may be logged
            throw new ConfigException("receivers." + (given ? "bearer-token" : "bearer-token-file")
                    + ": the token is not 8 to 4096 printable characters without blanks");
        }
        return Optional.of(new Secret(token));
    }

    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of(file))
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
        } catch (IOException unreadable) {
            throw ConfigException.bad("receivers.bearer-token-file", file, "a file that can be read");
        }
    }

    private static Optional<TlsFiles> tls(Section section) {
        boolean certificate = section.has("tls-certificate");
        if (certificate != section.has("tls-key")) {
            throw new ConfigException("receivers.tls-" + (certificate ? "key" : "certificate")
                    + ": is missing; TLS needs tls-certificate and tls-key");
        }
        return certificate
                ? Optional.of(new TlsFiles(file(section, "tls-certificate"), file(section, "tls-key")))
                : Optional.empty();
    }

    private static Path file(Section section, String key) {
        Path file = Path.of(section.text(key, ""));
        if (!Files.isReadable(file)) {
            throw section.bad(key, file, "a file that can be read");
        }
        return file;
    }
}
