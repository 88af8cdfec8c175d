package dev.plait.correlator.measure;

import dev.plait.schemas.model.ItemFlags;
import java.util.Optional;

/** Which items a measure reads. One that several tell of would count more than once, so a measure names one. */
public enum MeasureSource {
    /** Spans of every kind, once they have ended. */
    SPAN("span"),

    /** Kong's access logs. */
    GATEWAY_LOG("gateway-log"),

    /** Access logs of Envoy and Kuma. */
    MESH_LOG("mesh-log"),

    /** Other logs that carry a trace ID. */
    LOG("log");

    private static final MeasureSource[] SOURCES = values();
    private final String label;

    MeasureSource(String label) {
        this.label = label;
    }

    /** As it is written in records and in the configuration. */
    public String label() {
        return label;
    }

    public static Optional<MeasureSource> ofLabel(String label) {
        for (MeasureSource source : SOURCES) {
            if (source.label.equals(label)) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    /** Whether an item may be of this source, as its frame's index tells. */
    boolean mayRead(int itemFlags) {
        boolean log = ItemFlags.signal(itemFlags) == ItemFlags.LOG;
        boolean access = ItemFlags.has(itemFlags, ItemFlags.ACCESS_LOG);
        return switch (this) {
            case SPAN -> ItemFlags.signal(itemFlags) == ItemFlags.SPAN && ItemFlags.has(itemFlags, ItemFlags.ENDED);
            case GATEWAY_LOG, MESH_LOG -> log && access;
            case LOG -> log && !access;
        };
    }
}
