package dev.plait.sink.otlp;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which spans and logs of recent traces earlier revisions had, so that a later complete revision sends the new ones alone. A
 * piece belongs to the revision that first had it, so a revision that Kafka Connect delivers again is sent again the same.
 *
 * <p>Remembers at most {@code limit} pieces, those of the trace that came longest ago are forgotten first; twelve bytes each. Of
 * a trace that is not remembered (forgotten, or another task had it) everything counts as new. Thread safe; the revisions
 * of one trace come one after the other.
 */
final class SentPieces {
    private final int limit;
    private final LinkedHashMap<String, Trace> traces = new LinkedHashMap<>();
    private int held;

    SentPieces(int limit) {
        this.limit = limit;
    }

    private static final class Trace {
        private long[] pieces;
        private int[] revisions;

        Trace(long[] pieces, int revision) {
            this.pieces = pieces;
            revisions = new int[pieces.length];
            Arrays.fill(revisions, revision);
        }

        Map<Long, Integer> firstRevisions() {
            Map<Long, Integer> first = new HashMap<>();
            for (int i = 0; i < pieces.length; i++) {
                first.merge(pieces[i], revisions[i], Math::min);
            }
            return first;
        }

        void add(Map<Long, Integer> first) {
            pieces = new long[first.size()];
            revisions = new int[first.size()];
            int at = 0;
            for (Map.Entry<Long, Integer> piece : first.entrySet()) {
                pieces[at] = piece.getKey();
                revisions[at++] = piece.getValue();
            }
        }
    }

    /** The indexes of those {@code pieces} (hashes of them) that no revision before {@code revision} had; they are remembered. */
    synchronized BitSet unsent(String traceId, int revision, long[] pieces) {
        BitSet unsent = new BitSet(pieces.length);
        Trace known = traces.remove(traceId);
        if (known == null) {
            unsent.set(0, pieces.length);
            keep(traceId, new Trace(pieces.clone(), revision));
            return unsent;
        }
        held -= known.pieces.length;
        Map<Long, Integer> first = known.firstRevisions();
        for (int i = 0; i < pieces.length; i++) {
            if (first.merge(pieces[i], revision, Math::min) == revision) {
                unsent.set(i);
            }
        }
        known.add(first);
        keep(traceId, known);
        return unsent;
    }

    synchronized int held() {
        return held;
    }

    private void keep(String traceId, Trace trace) {
        traces.put(traceId, trace);
        held += trace.pieces.length;
        Iterator<Trace> eldest = traces.values().iterator();
        while (held > limit && eldest.hasNext()) {
            held -= eldest.next().pieces.length;
            eldest.remove();
        }
    }
}
