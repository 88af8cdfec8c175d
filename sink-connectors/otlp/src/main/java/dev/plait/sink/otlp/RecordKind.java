package dev.plait.sink.otlp;

import dev.plait.schemas.topic.Topics;
import java.util.Locale;

/** What the records of a topic are. */
enum RecordKind {
    TRACES(Topics.TRACES),
    RED(Topics.RED),
    EDGES(Topics.EDGES),
    SLO(Topics.SLO);

    private final String defaultTopic;

    RecordKind(String defaultTopic) {
        this.defaultTopic = defaultTopic;
    }

    /** The configuration key of the topics that hold it. */
    String key() {
        return "topics." + name().toLowerCase(Locale.ROOT);
    }

    String defaultTopic() {
        return defaultTopic;
    }
}
