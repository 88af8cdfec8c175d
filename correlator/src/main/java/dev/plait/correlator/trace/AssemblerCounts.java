package dev.plait.correlator.trace;

/**
 * What an assembler did since it was made; a restart starts from zero. {@code items = distinct + duplicates + ignored}.
 *
 * @param items appended, in all frames
 * @param distinct first copies of a piece; {@code unkept} ones among them
 * @param duplicates copies of pieces seen before
 * @param ignored announcements: none should come here
 * @param unkept items of traces over their limit, whose bytes were not kept
 * @param closings revisions, first ones and later ones
 * @param revisions revisions after the first; {@code deltas} and {@code lates} among them
 * @param deltas revisions of only the late pieces
 * @param lates revisions of pieces later than the late window
 * @param limits revisions closed by max-age, max-spans or max-bytes
 */
public record AssemblerCounts(
        long items,
        long distinct,
        long duplicates,
        long ignored,
        long unkept,
        long closings,
        long revisions,
        long deltas,
        long lates,
        long limits) {}
