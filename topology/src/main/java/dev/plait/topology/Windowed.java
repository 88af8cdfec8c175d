package dev.plait.topology;

/** What the window tasks write, each kind to its own topic. */
@SuppressWarnings("ArrayRecordComponent") // carried through, never compared
sealed interface Windowed {
    byte[] bytes();

    /** A RED window as JSON. */
    record ToRed(byte[] bytes) implements Windowed {}

    /** A service-graph window as JSON. */
    record ToEdges(byte[] bytes) implements Windowed {}

    /** A window of a business measure as JSON. */
    record ToMeasures(byte[] bytes) implements Windowed {}

    /** The status of an SLO as JSON; null when its key is over. */
    record ToSlo(byte[] bytes) implements Windowed {}

    /** An alert as JSON. */
    record ToAlerts(byte[] bytes) implements Windowed {}
}
