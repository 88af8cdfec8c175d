package dev.plait.correlator.metric;

import dev.plait.correlator.DurableBytes;
import dev.plait.correlator.red.PackedReader;
import dev.plait.correlator.red.PackedWriter;
import dev.plait.schemas.model.Hex;
import java.util.HashMap;
import java.util.Map;

/**
 * Families of cumulative streams: those of one metric from one sender. A sender tells all of them each time, so when a new one
 * appears in a family that was complete before, it has counted nothing before. Complete it was if it was seen at two times, at
 * least {@value #APART_NANOS} ns apart and the second as long before the new one: whoever began to listen in the middle of an
 * export heard all of it the second time. It is not known any longer when a stream was forgotten or refused.
 */
final class Families {
    static final long APART_NANOS = 30_000_000_000L;

    private static final String PREFIX = "metric/family/";
    private static final long NEVER = 0;

    private final DurableBytes kept;
    private final Map<Long, Family> families = new HashMap<>();

    /** Restores what was kept, without members: they are {@link #join}ed again. */
    Families(DurableBytes kept) {
        this.kept = kept;
        kept.forEach(PREFIX, (key, bytes) -> {
            PackedReader in = new PackedReader(bytes);
            Family family = new Family();
            family.firstNanos = in.unsigned();
            family.secondNanos = in.unsigned();
            family.incomplete = in.unsigned() != 0;
            families.put(Hex.parse(key, PREFIX.length(), key.length()), family);
        });
    }

    private static final class Family {
        long firstNanos = NEVER;
        long secondNanos = NEVER;
        boolean incomplete;
        int members;

        byte[] toBytes() {
            PackedWriter out = new PackedWriter();
            out.unsigned(firstNanos);
            out.unsigned(secondNanos);
            out.unsigned(incomplete ? 1 : 0);
            return out.toBytes();
        }
    }

    /** Whether a stream that is not known, with a point at {@code timeNanos}, has counted nothing before. */
    boolean knowsThatNew(long id, long timeNanos) {
        Family family = families.get(id);
        return family != null
                && !family.incomplete
                && family.secondNanos != NEVER
                && timeNanos - APART_NANOS >= family.secondNanos;
    }

    /** A stream belongs to a family; {@link #seen} follows when it is new. */
    void join(long id) {
        families.computeIfAbsent(id, absent -> new Family()).members++;
    }

    /** A stream of the family has a point at {@code timeNanos}. */
    void seen(long id, long timeNanos) {
        Family family = families.get(id);
        if (family.firstNanos == NEVER) {
            family.firstNanos = timeNanos;
        } else if (family.secondNanos == NEVER && timeNanos - APART_NANOS >= family.firstNanos) {
            family.secondNanos = timeNanos;
        } else {
            return;
        }
        kept.put(key(id), family.toBytes());
    }

    /** A stream was forgotten; with its last one a family is. */
    void leave(long id) {
        Family family = families.get(id);
        if (--family.members == 0) {
            families.remove(id);
            kept.delete(key(id));
        } else {
            missed(id);
        }
    }

    /** A point of a stream that is not remembered was not counted: when it comes again it is not new. */
    void missed(long id) {
        Family family = families.get(id);
        if (family != null && !family.incomplete) {
            family.incomplete = true;
            kept.put(key(id), family.toBytes());
        }
    }

    private static String key(long id) {
        return PREFIX + Hex.of(id);
    }
}
