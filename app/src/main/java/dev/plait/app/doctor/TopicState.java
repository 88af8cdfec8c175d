package dev.plait.app.doctor;

import java.util.Map;

/**
 * A topic as the cluster tells of it.
 *
 * @param partitions 0 unless it is readable
 * @param lastMs timestamp of its latest record, -1 when it has none or that is not known
 */
record TopicState(Access access, int partitions, long records, long lastMs, Map<String, String> settings) {
    static final TopicState MISSING = new TopicState(Access.MISSING, 0, 0, -1, Map.of());
    static final TopicState DENIED = new TopicState(Access.DENIED, 0, 0, -1, Map.of());

    /** Whether it can be read. */
    enum Access {
        READABLE,
        MISSING,
        DENIED
    }

    TopicState {
        settings = Map.copyOf(settings);
    }

    boolean isReadable() {
        return access == Access.READABLE;
    }
}
