package dev.plait.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Sixteen minutes of requests in the shape of an incident, as they arrive: up to four seconds after they ended, in another
 * order, one in ten twice. Times in milliseconds since {@link Telemetry#EPOCH_MS}.
 */
enum Incident {
    SPIKE {
        @Override
        double badShare(long timeMs) {
            return within(timeMs, 8, 10) ? 0.9 : 0;
        }
    },
    SLOW_BURN {
        @Override
        double badShare(long timeMs) {
            return timeMs > 4 * MINUTE_MS ? 0.13 : 0;
        }

        @Override
        double perSecond(long timeMs) {
            return 6;
        }
    },
    FLAP {
        @Override
        double badShare(long timeMs) {
            return timeMs / MINUTE_MS % 4 == 1 ? 0.8 : 0;
        }
    },
    LOW_TRAFFIC {
        @Override
        double badShare(long timeMs) {
            return 0.3;
        }

        @Override
        double perSecond(long timeMs) {
            return 0.05;
        }
    },
    RAMP {
        @Override
        double badShare(long timeMs) {
            return Math.max(0, (timeMs - 5.0 * MINUTE_MS) / (12.0 * MINUTE_MS));
        }
    },
    OUTAGE {
        @Override
        double badShare(long timeMs) {
            return timeMs > 6 * MINUTE_MS ? 1 : 0;
        }
    },
    RECOVERY {
        @Override
        double badShare(long timeMs) {
            return timeMs < 5 * MINUTE_MS ? 0.5 : 0;
        }
    };

    static final long MINUTE_MS = 60_000;
    static final long LENGTH_MS = 16 * MINUTE_MS;
    private static final int MOST_DELAY_MS = 4_000;

    /** One request; a copy has the ID of the one before. */
    record Request(int id, long startMs, long arrivalMs, boolean bad, boolean traced, boolean copy) {
        /** A request of {@link Telemetry#kong} takes so long. */
        static final long TAKES_MS = 46;

        long endMs() {
            return startMs + TAKES_MS;
        }
    }

    abstract double badShare(long timeMs);

    double perSecond(long timeMs) {
        return 2;
    }

    List<Request> requests(long seed) {
        Random random = new Random(seed);
        List<Request> requests = new ArrayList<>();
        double timeMs = 0;
        for (int id = 1; ; id++) {
            timeMs += -Math.log(1 - random.nextDouble()) * 1_000 / perSecond((long) timeMs);
            long startMs = (long) timeMs;
            if (startMs >= LENGTH_MS) {
                break;
            }
            long arrivalMs = startMs + Request.TAKES_MS + random.nextInt(MOST_DELAY_MS);
            boolean bad = random.nextDouble() < badShare(startMs);
            Request request = new Request(id, startMs, arrivalMs, bad, random.nextBoolean(), false);
            requests.add(request);
            if (random.nextInt(10) == 0) {
                long againMs = arrivalMs + random.nextInt(MOST_DELAY_MS);
                requests.add(new Request(id, startMs, againMs, bad, request.traced, true));
            }
        }
        requests.sort(Comparator.comparingLong(Request::arrivalMs).thenComparing(Request::copy));
        return requests;
    }

    private static boolean within(long timeMs, long fromMinute, long toMinute) {
        return timeMs >= fromMinute * MINUTE_MS && timeMs < toMinute * MINUTE_MS;
    }
}
