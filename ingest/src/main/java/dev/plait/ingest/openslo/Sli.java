package dev.plait.ingest.openslo;

import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloDefinition.Filter;
import java.util.List;
import java.util.Optional;

/**
 * An indicator as it is written.
 *
 * @param match empty for a threshold metric, whose objective tells it
 */
record Sli(
        RequestSource source,
        Optional<String> metric,
        Filter total,
        Optional<Filter> match,
        boolean matchIsBad,
        List<Text> texts) {
    Sli {
        texts = List.copyOf(texts);
    }

    /** A {@code where} text and its place. */
    record Text(String where, String file, int line, String key) {}
}
