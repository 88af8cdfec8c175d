package dev.plait.correlator.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The multi-window alerts as Sloth writes them for Prometheus, {@code r5m > 14.4 * budget and r1h > 14.4 * budget or ...}, over
 * single requests every 30 s, and over the requests of whole minutes every minute. At each such step they and the tracker say
 * the same; as the tracker looks between steps too, it fires up to one step earlier. Low traffic is left out: Sloth's rules have
 * no floor for it.
 */
class SlothAgreementTest {
    private static final double TARGET = 0.99;
    private static final double BUDGET = 1 - TARGET;
    private static final long END = Incident.START + (Incident.MINUTES + 60) * 60_000;

    @ParameterizedTest
    @EnumSource(
            value = Incident.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LOW_TRAFFIC"})
    void page_agreesAtEachStep(Incident incident) {
        SloDefinition slo = Slos.of(TARGET, 10, 3, 30 * Slos.DAY, Slos.PAGE);
        for (long seed = 1; seed <= 10; seed++) {
            List<Arrival> arrivals = incident.arrivals(seed, random -> random.nextInt(900));

            List<Alert> told = new Course(slo, Incident.START).run(arrivals).runTo(END).alerts;

            agrees(told, arrivals, 1, 30_000);
            agrees(told, arrivals, 60_000, 60_000);
        }
    }

    private static void agrees(List<Alert> told, List<Arrival> arrivals, long grainMs, long stepMs) {
        List<Arrival> counted = new ArrayList<>();
        boolean fires = false;
        int nextArrival = 0;
        int nextAlert = 0;
        for (long now = (Incident.START / stepMs + 1) * stepMs; now <= END; now += stepMs) {
            while (nextArrival < arrivals.size() && arrivals.get(nextArrival).atMs() < now) {
                Arrival arrival = arrivals.get(nextArrival++);
                long grain = arrival.timeMs() / grainMs * grainMs;
                counted.add(new Arrival(now, grain, arrival.good(), arrival.bad()));
            }
            while (nextAlert < told.size() && told.get(nextAlert).updatedAtMs() <= now) {
                fires = told.get(nextAlert++).state() == Alert.State.FIRING;
            }
            assertThat(fires).as("at %d", now).isEqualTo(rule(counted, now));
        }
    }

    private static boolean rule(List<Arrival> counted, long now) {
        return ratio(counted, now, 5) > 14.4 * BUDGET && ratio(counted, now, 60) > 14.4 * BUDGET
                || ratio(counted, now, 30) > 6 * BUDGET && ratio(counted, now, 360) > 6 * BUDGET;
    }

    private static double ratio(List<Arrival> counted, long nowMs, long windowMinutes) {
        long bad = 0;
        long total = 0;
        for (Arrival each : counted) {
            if (each.timeMs() >= nowMs - windowMinutes * 60_000) {
                bad += each.bad();
                total += each.good() + each.bad();
            }
        }
        return total == 0 ? 0 : (double) bad / total;
    }
}
