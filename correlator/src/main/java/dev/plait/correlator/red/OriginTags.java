package dev.plait.correlator.red;

import dev.plait.correlator.trace.view.Tags;
import dev.plait.schemas.model.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The tags of origins, remembered for the last {@value #ORIGINS} seen, by identity: all items of a resource share one. For one thread. */
public final class OriginTags {
    private static final int ORIGINS = 256;

    private final Origin[] origins = new Origin[ORIGINS];
    private final List<Map<String, String>> tags = new ArrayList<>(Collections.nCopies(ORIGINS, Map.of()));

    @SuppressWarnings("ReferenceEquality") // comparing attributes would cost more than it saves
    public Map<String, String> of(Origin origin) {
        int place = System.identityHashCode(origin) & ORIGINS - 1;
        if (origins[place] != origin) {
            origins[place] = origin;
            tags.set(place, Tags.of(origin));
        }
        return tags.get(place);
    }
}
