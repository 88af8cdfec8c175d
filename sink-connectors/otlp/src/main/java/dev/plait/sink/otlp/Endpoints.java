package dev.plait.sink.otlp;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where requests go over HTTP, by the rules of OpenTelemetry's exporters: a base URL is followed by {@code v1/traces} and so on,
 * a URL of one signal is taken as it is. Source: opentelemetry-specification, protocol/exporter.md, "Endpoint URLs for OTLP/HTTP".
 */
final class Endpoints {
    private final Map<Signal, URI> urls = new EnumMap<>(Signal.class);

    /** @throws IllegalArgumentException on a text that is no http or https URL */
    Endpoints(String base, Map<Signal, String> ofSignals) {
        for (Signal signal : Signal.values()) {
            urls.put(
                    signal,
                    Optional.ofNullable(ofSignals.get(signal))
                            .map(Endpoints::url)
                            .orElseGet(() -> below(url(base), signal.path())));
        }
    }

    URI of(Signal signal) {
        URI url = urls.get(signal);
        if (url == null) {
            throw new IllegalStateException("no endpoint of " + signal);
        }
        return url;
    }

    /** @throws IllegalArgumentException on a text that is no http or https URL */
    static URI url(String text) {
        URI url = URI.create(text.strip());
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("not an http:// or https:// URL");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("a URL with a user name; credentials belong into headers");
        }
        return url;
    }

    private static URI below(URI base, String path) {
        String before = base.getRawPath() == null ? "" : base.getRawPath();
        String separator = before.endsWith("/") ? "" : "/";
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + before + separator + path + query);
    }
}
