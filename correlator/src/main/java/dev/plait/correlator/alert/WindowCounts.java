package dev.plait.correlator.alert;

/** Requests within windows that end now. Only windows that were asked for beforehand (those of a definition) have an answer. */
public interface WindowCounts {
    long good(long windowMs);

    long bad(long windowMs);

    default long total(long windowMs) {
        return good(windowMs) + bad(windowMs);
    }
}
