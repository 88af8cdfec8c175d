package dev.plait.correlator.metric;

import dev.plait.correlator.DurableBytes;
import dev.plait.schemas.model.Hex;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The streams that are remembered, on the heap and durable, and who of them was silent for too long. */
final class StreamTable {
    private static final String PREFIX = "metric/stream/";

    private final long forgetMs;
    private final DurableBytes kept;
    private final Families families;
    private final Map<Long, StreamState> streams = new HashMap<>();
    private final TreeSet<StreamState> byHeard =
            new TreeSet<>(Comparator.comparingLong(StreamState::heardMs).thenComparingLong(StreamState::stream));

    /** Restores what was kept. */
    StreamTable(long forgetMs, DurableBytes kept, Families families) {
        this.forgetMs = forgetMs;
        this.kept = kept;
        this.families = families;
        kept.forEach(PREFIX, (key, bytes) -> {
            StreamState state = StreamState.of(Hex.parse(key, PREFIX.length(), key.length()), bytes);
            streams.put(state.stream(), state);
            byHeard.add(state);
            if (!state.delta()) {
                families.join(state.family());
            }
        });
    }

    int size() {
        return streams.size();
    }

    boolean contains(long stream) {
        return streams.containsKey(stream);
    }

    /** A stream that was heard less than {@code forgetMs} before {@code nowMs}; one that was not is forgotten. */
    Optional<StreamState> get(long stream, long nowMs) {
        StreamState state = streams.get(stream);
        if (state != null && isSilent(state, nowMs)) {
            forget(state);
            return Optional.empty();
        }
        return Optional.ofNullable(state);
    }

    void put(StreamState state) {
        StreamState before = streams.put(state.stream(), state);
        if (before != null) {
            byHeard.remove(before);
        } else if (!state.delta()) {
            families.join(state.family());
        }
        byHeard.add(state);
        kept.put(key(state), state.toBytes());
    }

    void forget(StreamState state) {
        streams.remove(state.stream());
        byHeard.remove(state);
        kept.delete(key(state));
        if (!state.delta()) {
            families.leave(state.family());
        }
    }

    void expire(long clockMs) {
        while (!byHeard.isEmpty() && isSilent(byHeard.first(), clockMs)) {
            forget(byHeard.first());
        }
    }

    private boolean isSilent(StreamState state, long nowMs) {
        return nowMs - state.heardMs() >= forgetMs;
    }

    private static String key(StreamState state) {
        return PREFIX + Hex.of(state.stream());
    }
}
