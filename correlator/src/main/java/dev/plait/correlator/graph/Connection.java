package dev.plait.correlator.graph;

/** What records name the ways in which services are connected, and those that nobody named. */
final class Connection {
    static final String HTTP = "http";
    static final String RPC = "rpc";
    static final String DATABASE = "database";
    static final String MESSAGING = "messaging";

    /** One of the two tells nothing of itself and is only known from the other. */
    static final String VIRTUAL = "virtual";

    /** The node that a request comes from whose caller tells nothing of itself. Source: Grafana Tempo, service graphs. */
    static final String USER = "user";

    private Connection() {}
}
