package dev.plait.correlator.graph;

/**
 * A call that was found in a trace.
 *
 * @param fresh whether one of the pieces that tell of it is new in this revision
 */
record Call(TimedEdge edge, boolean fresh) {
    /** Client and server, however they are connected. */
    record Pair(String client, String server) {}

    Pair pair() {
        return new Pair(edge.client(), edge.server());
    }
}
