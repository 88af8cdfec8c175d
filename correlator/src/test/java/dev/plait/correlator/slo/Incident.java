package dev.plait.correlator.slo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;

/** Shapes of trouble: which share of requests fails at which minute, and how many there are. */
enum Incident {
    SPIKE {
        @Override
        double share(long minute) {
            return minute >= 120 && minute < 124 ? 0.9 : GOOD;
        }
    },
    SLOW_BURN {
        @Override
        double share(long minute) {
            return minute >= 60 && minute < 420 ? 0.08 : GOOD;
        }
    },
    FLAP {
        @Override
        double share(long minute) {
            return minute >= 60 && minute < 180 && minute / 7 % 2 == 0 ? 0.6 : GOOD;
        }
    },
    LOW_TRAFFIC {
        @Override
        double share(long minute) {
            return minute >= 100 && minute < 220 ? 0.5 : GOOD;
        }

        @Override
        int requests() {
            return 1;
        }

        @Override
        long everyMs() {
            return 70_000;
        }
    },
    RAMP {
        @Override
        double share(long minute) {
            return minute < 60 || minute > 300 ? GOOD : (minute - 60) / 240.0;
        }
    },
    OUTAGE {
        @Override
        double share(long minute) {
            return minute >= 90 && minute < 150 ? 1 : GOOD;
        }
    },
    RECOVERY {
        @Override
        double share(long minute) {
            return minute < 60 ? 0.7 : minute < 200 ? 0.7 * (200 - minute) / 140.0 : GOOD;
        }
    };

    static final double GOOD = 0.0005;
    static final long START = 1_767_225_600_000L + 5 * 3_600_000 + 1_234;
    static final long MINUTES = 480;

    abstract double share(long minute);

    int requests() {
        return 40;
    }

    long everyMs() {
        return 9_000;
    }

    /** Eight hours of it, in the order in which they come: up to 5 s early to 8 s late, now and then minutes late. */
    List<Arrival> arrivals(long seed) {
        return arrivals(
                seed, random -> random.nextInt(50) == 0 ? random.nextInt(700_000) : random.nextInt(13_000) - 5_000);
    }

    List<Arrival> arrivals(long seed, ToLongFunction<Random> delayMs) {
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (long time = START;
                time < START + MINUTES * 60_000;
                time += everyMs() / 2 + random.nextInt((int) everyMs())) {
            long bad = 0;
            double share = share((time - START) / 60_000);
            for (int i = 0; i < requests(); i++) {
                bad += random.nextDouble() < share ? 1 : 0;
            }
            arrivals.add(new Arrival(time + delayMs.applyAsLong(random), time, requests() - bad, bad));
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atMs));
        return arrivals;
    }
}
