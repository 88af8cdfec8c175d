package dev.plait.correlator.slo.sli;

import dev.plait.schemas.model.CountedRequest;
import java.util.Collection;

/**
 * What is known of requests by the values that some {@link Slot}s have in them: an open-addressing hash table with a limit.
 * The hot path of SLO evaluation, so {@code null} says "not known" and a lookup is followed by at most one {@link #put}:
 * nothing is boxed, no text is built, nothing is allocated; a lookup costs some nanoseconds a slot. An entry costs about 100
 * bytes, its answer, and the texts it holds on to: at most {@value #ENTRY_CHARACTERS} characters an entry on average.
 */
final class Combinations<T> {
    private static final int ENTRY_CHARACTERS = 200;

    /** Texts together longer than this are not remembered: they hardly come twice. */
    private static final int MAX_ENTRY_CHARACTERS = 2000;

    /** Reached only by values that were chosen to have one hash; they are not remembered. */
    private static final int MAX_PROBES = 64;

    private final Slot[] slots;
    private final boolean readsStatus;
    private final boolean readsError;
    private final int maxEntries;

    /** Those of the request that was looked up last. */
    private final Object[] values;

    private int numbers;
    private int hash;
    private boolean crowded;

    private Entry<T>[] table = table(64);
    private int size;
    private long characters;

    Combinations(Collection<Slot> slots, int maxEntries) {
        this.slots = slots.stream().filter(slot -> !slot.isNumber()).toArray(Slot[]::new);
        this.maxEntries = maxEntries;
        readsStatus = slots.contains(Slot.of(Slot.Kind.STATUS));
        readsError = slots.contains(Slot.of(Slot.Kind.ERROR));
        values = new Object[this.slots.length];
    }

    private static final class Entry<T> {
        final int hash;
        final int numbers;
        final Object[] values;
        final T answer;

        Entry(int hash, int numbers, Object[] values, T answer) {
            this.hash = hash;
            this.numbers = numbers;
            this.values = values;
            this.answer = answer;
        }
    }

    T get(CountedRequest request) {
        read(request);
        int mask = table.length - 1;
        int at = hash & mask;
        for (int probes = 0; probes < MAX_PROBES; probes++) {
            Entry<T> entry = table[at];
            if (entry == null) {
                crowded = false;
                return null;
            }
            if (entry.hash == hash && entry.numbers == numbers && equal(entry.values)) {
                return entry.answer;
            }
            at = (at + 1) & mask;
        }
        crowded = true;
        return null;
    }

    /** Remembers the answer for the request that was just looked up; when full, the others are forgotten. */
    void put(T answer) {
        long length = 0;
        for (Object value : values) {
            length += value instanceof String text ? text.length() : 0;
        }
        if (crowded || length > MAX_ENTRY_CHARACTERS) {
            return;
        }
        if (isFull()) {
            clear();
        }
        if ((size + 1) * 2 > table.length) {
            grow();
        }
        insert(table, new Entry<>(hash, numbers, values.clone(), answer));
        size++;
        characters += length;
    }

    boolean isFull() {
        return size >= maxEntries || characters >= (long) maxEntries * ENTRY_CHARACTERS;
    }

    int size() {
        return size;
    }

    void clear() {
        table = table(64);
        size = 0;
        characters = 0;
    }

    private void read(CountedRequest request) {
        numbers = (readsStatus ? request.status() << 1 : 0) | (readsError && request.error() ? 1 : 0);
        int mixed = numbers;
        for (int i = 0; i < slots.length; i++) {
            Object value = slots[i].value(request);
            values[i] = value;
            mixed = mixed * 31 + (value == null ? 0 : value.hashCode());
        }
        hash = mixed ^ mixed >>> 15;
    }

    private boolean equal(Object[] others) {
        for (int i = 0; i < others.length; i++) {
            Object mine = values[i];
            Object other = others[i];
            if (mine != other && (mine == null || !mine.equals(other))) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        Entry<T>[] larger = table(table.length * 2);
        for (Entry<T> entry : table) {
            if (entry != null) {
                insert(larger, entry);
            }
        }
        table = larger;
    }

    private static <T> void insert(Entry<T>[] table, Entry<T> entry) {
        int at = entry.hash & (table.length - 1);
        while (table[at] != null) {
            at = (at + 1) & (table.length - 1);
        }
        table[at] = entry;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> Entry<T>[] table(int length) {
        return new Entry[length];
    }
}
