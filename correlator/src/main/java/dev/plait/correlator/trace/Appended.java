package dev.plait.correlator.trace;

import java.util.BitSet;

/**
 * What {@link TraceAssembler#append} made of a frame. Bits are item numbers; both sets belong to the caller.
 *
 * @param fresh items that the windows count now: the first ended copy of a span, the first copy of a log or exemplar,
 *     without those that the match task has counted already ({@code ItemFlags.COUNTED})
 * @param unkept items whose bytes need not be stored, because their trace is over its limit; they are counted
 * @param needed false when no trace needs the frame: it is not to be stored, and will not be reported as freed
 */
public record Appended(BitSet fresh, BitSet unkept, boolean needed) {}
