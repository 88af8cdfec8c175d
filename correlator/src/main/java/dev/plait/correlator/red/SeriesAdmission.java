package dev.plait.correlator.red;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which series are held, as long as they have a window that is not final. Newcomers are held until it is decided about all of them
 * together: those that fit stay, chosen by a hash of their key, so that the order of arrival within one step of the clock
 * decides nothing. Held at most: twice the limit, as a flood of newcomers must not fill the memory; beyond that a newcomer is
 * refused on arrival.
 */
final class SeriesAdmission {
    private final Map<String, Series> held = new HashMap<>();
    private final int limit;
    private long round;
    private int newcomers;

    /** @param round how often it was decided before */
    SeriesAdmission(int limit, long round) {
        this.limit = limit;
        this.round = round;
    }

    /** A series that is held: its key, before which decision it came, and in how many windows it has counts. */
    static final class Series {
        final String key;
        long round;
        int windows;

        Series(String key, long round) {
            this.key = key;
            this.round = round;
        }
    }

    /** Whether there is room for a series that is not held; asked before {@link #hold}. */
    boolean admits(String key) {
        return held.containsKey(key) || held.size() < 2L * limit;
    }

    Series hold(String key) {
        Series series = held.get(key);
        if (series == null) {
            series = new Series(key, round);
            held.put(key, series);
            newcomers++;
        }
        return series;
    }

    /** A window of a series as it was stored. */
    Series restore(String key, long seenInRound) {
        Series series = hold(key);
        if (series.round == round && seenInRound < round) {
            newcomers--;
        }
        series.round = Math.min(series.round, seenInRound);
        series.windows++;
        return series;
    }

    /** One of a series' windows is final. */
    void release(String key) {
        Series series = held.get(key);
        if (series != null && --series.windows == 0) {
            held.remove(key);
            newcomers -= series.round == round ? 1 : 0;
        }
    }

    boolean hasNewcomers() {
        return newcomers > 0;
    }

    /** Decides about the newcomers. @return the keys of those that are not held any longer */
    List<String> decide() {
        List<String> expelled = new ArrayList<>();
        if (held.size() > limit) {
            List<Series> some = new ArrayList<>();
            held.values().forEach(series -> {
                if (series.round == round) {
                    some.add(series);
                }
            });
            some.sort(Comparator.comparingInt((Series series) -> mixed(series.key))
                    .thenComparing(series -> series.key));
            int stay = Math.max(0, limit - (held.size() - some.size()));
            some.subList(stay, some.size()).forEach(series -> expelled.add(series.key));
            expelled.forEach(held::remove);
        }
        newcomers = 0;
        round++;
        return expelled;
    }

    /** How often it was decided: durable, as it tells who is a newcomer after a restart. */
    long round() {
        return round;
    }

    int size() {
        return held.size();
    }

    /** Keys that begin alike have hash codes that are near each other: without mixing, one service would get all the room. */
    private static int mixed(String key) {
        int mixed = key.hashCode() * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }
}
