package dev.plait.correlator.slo;

import dev.plait.correlator.PageReader;
import dev.plait.correlator.PageWriter;

/**
 * The bytes of a page of buckets. An entry for each bucket that counted something, by index: the index (one byte),
 * {@code good << 1 | any bad}, and bad if any (varints). A full page of 60 buckets of up to 8 191 requests takes 180 bytes, 300
 * if all have bad ones. Read and rewritten in place, without a number in between becoming an object.
 */
final class CountPage {
    static final byte[] EMPTY = {};

    private CountPage() {}

    /** The page with so many more in one bucket. */
    static byte[] add(byte[] page, int index, long good, long bad) {
        PageReader entries = new PageReader(page);
        int from = 0;
        while (entries.hasNext()) {
            int at = entries.count();
            if (at > index) {
                break;
            }
            long head = entries.number();
            long entryBad = (head & 1) == 0 ? 0 : entries.number();
            if (at == index) {
                return spliced(page, from, entries.position(), index, good + (head >>> 1), bad + entryBad);
            }
            from = entries.position();
        }
        return spliced(page, from, from, index, good, bad);
    }

    /** Adds up the buckets {@code [from, to)}. */
    static void sum(byte[] page, int from, int to, Sum into) {
        PageReader entries = new PageReader(page);
        while (entries.hasNext()) {
            int index = entries.count();
            long head = entries.number();
            long bad = (head & 1) == 0 ? 0 : entries.number();
            if (index >= to) {
                return;
            }
            if (index >= from) {
                into.add(head >>> 1, bad);
            }
        }
    }

    private static byte[] spliced(byte[] page, int from, int to, int index, long good, long bad) {
        PageWriter out = new PageWriter(page.length + 12).raw(page, 0, from);
        out.number(index).number(good << 1 | (bad == 0 ? 0 : 1));
        if (bad != 0) {
            out.number(bad);
        }
        return out.raw(page, to, page.length).bytes();
    }
}
