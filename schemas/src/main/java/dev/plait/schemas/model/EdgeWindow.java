package dev.plait.schemas.model;

import java.util.List;

/**
 * Calls from one service to another in one window: the value of {@code plait-edges}. {@code last} is {@code final} in the
 * record, as for {@link RedWindow}.
 *
 * @param connection {@code http}, {@code rpc}, {@code database}, {@code messaging} or {@code virtual}
 * @param exemplars trace IDs, at most five
 */
public record EdgeWindow(
        String client,
        String server,
        String connection,
        long windowStartMs,
        long windowEndMs,
        long requests,
        long errors,
        Latency clientDuration,
        Latency serverDuration,
        List<String> exemplars,
        boolean last) {
    public EdgeWindow {
        exemplars = List.copyOf(exemplars);
    }
}
