package dev.plait.sink.alertmanager;

import dev.plait.sink.delivery.Attempt;
import dev.plait.sink.delivery.Later;
import dev.plait.sink.delivery.MalformedRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Some records told to all replicas. They are delivered when one replica has taken them: replicas tell each other what they have
 * notified, and one that is away is told everything when it is back. A record is refused when a replica that answered refused it.
 */
final class AlertAttempt implements Attempt {
    private final List<Replica> left;
    private final Map<Integer, String> fingerprints = new LinkedHashMap<>();
    private final Map<Integer, String> refused = new HashMap<>();

    AlertAttempt(
            List<SinkRecord> records,
            Map<String, String> labels,
            AlertTable table,
            List<Replica> replicas,
            long nowMs) {
        this.left = new ArrayList<>(replicas);
        for (int i = 0; i < records.size(); i++) {
            SinkRecord record = records.get(i);
            if (record.value() == null) {
                table.remove(String.valueOf(record.key()));
                continue;
            }
            try {
                KnownAlert alert = KnownAlert.of(record.value(), labels);
                table.put(alert, nowMs);
                fingerprints.put(i, alert.fingerprint());
            } catch (MalformedRecord malformed) {
                refused.put(i, malformed.getMessage());
            }
        }
    }

    @Override
    public Optional<Later> run() {
        Optional<Later> last = Optional.empty();
        boolean taken = fingerprints.isEmpty();
        for (Replica replica :
                left.stream().sorted(Comparator.comparing(Replica::isAway)).toList()) {
            if (taken && replica.isAway()) {
                // another has it: this one is told when it is back, and holds up nothing until then
                replica.owe();
                continue;
            }
            try {
                Optional<Later> later = tell(replica);
                taken |= later.isEmpty();
                last = later.isPresent() ? later : last;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Optional.of(Later.soon("stopped"));
            }
        }
        return taken ? Optional.empty() : last;
    }

    private Optional<Later> tell(Replica replica) throws InterruptedException {
        Map<String, String> refusals = new HashMap<>();
        Optional<Later> later = replica.tell(fingerprints.values(), refusals);
        if (later.isEmpty()) {
            left.remove(replica);
            fingerprints.forEach((index, fingerprint) -> {
                if (refusals.containsKey(fingerprint)) {
                    refused.putIfAbsent(index, refusals.get(fingerprint));
                }
            });
        }
        return later;
    }

    @Override
    public Map<Integer, String> refused() {
        return refused;
    }
}
