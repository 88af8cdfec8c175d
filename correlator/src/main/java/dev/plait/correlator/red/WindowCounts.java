package dev.plait.correlator.red;

/**
 * What is counted of one series: merged in any order, and written so that equal counts are equal bytes.
 *
 * @param <C> the type itself
 */
public interface WindowCounts<C extends WindowCounts<C>> {
    /** Adds what {@code other} counted, which stays as it is. */
    void merge(C other);

    void write(PackedWriter out);
}
