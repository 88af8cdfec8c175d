package dev.plait.ingest.redact;

/** Takes the places of secrets in the bytes that were looked at, in ascending order but for those that patterns find. */
@FunctionalInterface
public interface Masks {
    /** The bytes of {@code [from, to)} are to be covered. Both ends are between characters of UTF-8. */
    void mask(int from, int to);
}
