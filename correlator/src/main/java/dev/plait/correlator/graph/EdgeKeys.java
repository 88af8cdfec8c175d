package dev.plait.correlator.graph;

import dev.plait.correlator.red.KeyText;
import dev.plait.schemas.model.EdgeWindow;
import java.util.List;

/** Names edges: {@code client|server|connection}, values bounded and escaped as by {@link KeyText}. */
public final class EdgeKeys {
    private static final KeyText TEXT = new KeyText("|");
    private static final String OVERFLOW = "otel.metric.overflow";

    private EdgeKeys() {}

    public static String of(TimedEdge edge) {
        return of(edge.client(), edge.server(), edge.connection());
    }

    /** The key of a window's edge. */
    public static String of(EdgeWindow window) {
        return of(window.client(), window.server(), window.connection());
    }

    private static String of(String client, String server, String connection) {
        StringBuilder key = new StringBuilder(64);
        TEXT.append(key, client);
        key.append('|');
        TEXT.append(key, server);
        key.append('|').append(connection);
        return key.toString();
    }

    /** Client, server and connection. */
    static List<String> names(String key) {
        return TEXT.split(key);
    }

    /** The edge that takes all calls of edges beyond the limit. Each partition has its own. */
    static String overflow(String partitionLabel) {
        return of(OVERFLOW, partitionLabel, Connection.VIRTUAL);
    }
}
