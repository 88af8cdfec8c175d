package dev.plait.sink.alertmanager;

import dev.plait.sink.delivery.HttpAnswer;
import dev.plait.sink.delivery.HttpSender;
import dev.plait.sink.delivery.Later;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Alertmanager. Each post tells how alerts stand when it is sent, one post at a time: so no replica ever hears the older
 * after the newer, however records and repetitions meet.
 *
 * <p>To a body of which one alert is invalid Alertmanager says 400 and takes the others, without saying which one it was: so such
 * a body is posted again in halves until it is known. Everything else that is no success (a wrong path, missing rights, an outage)
 * concerns the replica and not the alerts, which wait.
 */
final class Replica {
    private static final int ANSWER_BYTES = 8 * 1024;
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

    private final URI url;
    private final AlertTable table;
    private final AlertsBody body;
    private final HttpSender http;
    private final Clock clock;

    /** The last post did not arrive; read without the lock, which a post that hangs has. */
    private volatile boolean away;

    private volatile boolean owed;
    private long allToldAtMs;

    Replica(URI url, AlertTable table, AlertsBody body, HttpSender http, Clock clock) {
        this.url = url;
        this.table = table;
        this.body = body;
        this.http = http;
        this.clock = clock;
        this.allToldAtMs = clock.millis();
    }

    /**
     * Tells how these alerts stand.
     *
     * @param refused takes why this replica refuses an alert for good, by fingerprint
     * @return empty when all the others were taken
     */
    synchronized Optional<Later> tell(Collection<String> fingerprints, Map<String, String> refused)
            throws InterruptedException {
        Optional<Later> later = post(table.told(fingerprints, clock.millis()), refused);
        away |= later.isPresent();
        return later;
    }

    /** Whether its last post did not arrive; then it is told everything as soon as one does. */
    boolean isAway() {
        return away;
    }

    /** It is to be told everything soon, as something was not told. */
    void owe() {
        owed = true;
    }

    /** Tells how all alerts stand, when the last time was {@code intervalMs} ago, or the replica missed something since. */
    synchronized Optional<Later> tellAll(long intervalMs, int batchSize) throws InterruptedException {
        long nowMs = clock.millis();
        if (!away && !owed && nowMs - allToldAtMs < intervalMs) {
            return Optional.empty();
        }
        owed = false;
        List<KnownAlert> all = table.toldAgain(nowMs);
        for (int from = 0; from < all.size(); from += batchSize) {
            Optional<Later> later = post(all.subList(from, Math.min(all.size(), from + batchSize)), new HashMap<>());
            if (later.isPresent()) {
                away = true;
                return later;
            }
        }
        away = false;
        allToldAtMs = nowMs;
        return Optional.empty();
    }

    private Optional<Later> post(List<KnownAlert> alerts, Map<String, String> refused) throws InterruptedException {
        if (alerts.isEmpty()) {
            return Optional.empty();
        }
        HttpAnswer answer;
        try {
            answer = http.post(url, body.write(alerts, clock.millis()), HEADERS, ANSWER_BYTES);
        } catch (IOException unreachable) {
            return Optional.of(Later.soon(name() + ": " + unreachable));
        }
        if (answer.isSuccess()) {
            return Optional.empty();
        }
        if (answer.status() != 400 && answer.status() != 413) {
            return Optional.of(new Later(name() + ": " + answer.summary(), answer.retryAfter()));
        }
        if (alerts.size() == 1) {
            refused.put(alerts.get(0).fingerprint(), name() + ": " + answer.summary());
            return Optional.empty();
        }
        int middle = alerts.size() / 2;
        Optional<Later> first = post(alerts.subList(0, middle), refused);
        return first.isPresent() ? first : post(alerts.subList(middle, alerts.size()), refused);
    }

    private String name() {
        return url.getHost() + ":" + url.getPort();
    }
}
