package dev.plait.ingest.envoy;

import dev.plait.schemas.wire.ProtoWriter;
import java.util.function.Consumer;

/** Messages of Envoy's gRPC access log, field by field. */
public final class AlsMessages {
    public static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private AlsMessages() {}

    public static byte[] message(Consumer<ProtoWriter> fields) {
        ProtoWriter out = new ProtoWriter();
        fields.accept(out);
        return out.toByteArray();
    }

    /** Who sends: a node of a cluster in a zone, and the name of the log. */
    public static void identifier(ProtoWriter out) {
        nest(out, 1, identifier -> {
            nest(identifier, 1, node -> {
                node.text(1, "orders-7f.shop");
                node.text(2, "orders");
                nest(node, 4, locality -> locality.text(2, "eu-1"));
            });
            identifier.text(2, "mesh-log");
        });
    }

    /** HTTP entries, one for each path. */
    public static void http(ProtoWriter out, String... paths) {
        nest(out, 2, logs -> {
            for (String path : paths) {
                nest(logs, 1, entry -> request(entry, path, common -> {}));
            }
        });
    }

    /** A request that failed for want of an upstream; {@code more} adds to its common properties. */
    static void request(ProtoWriter entry, String path, Consumer<ProtoWriter> more) {
        nest(entry, 1, common -> {
            nest(common, 2, address -> socket(address, "10.0.0.9", 41_234));
            time(common, 5, 1_767_225_600L, 310_000_000);
            nest(common, 13, address -> socket(address, "10.42.1.9", 8080));
            nest(common, 16, flags -> {
                flags.varint(6, 1);
                flags.varint(16, 1);
            });
            time(common, 23, 0, 12_500_000);
            common.varint(33, 6);
            more.accept(common);
        });
        entry.varint(2, 2);
        nest(entry, 3, request -> {
            request.varint(1, 3);
            request.text(3, "orders.mesh:80");
            request.text(5, path);
            request.text(6, "curl/8.5");
            request.text(9, "0b3c5f10-27aa-4d4e-9c11-5a0c6f1d2e3b");
            request.varint(12, 120);
            pair(request, 13, "traceparent", TRACEPARENT);
        });
        nest(entry, 4, response -> {
            nest(response, 1, code -> code.varint(1, 503));
            response.varint(3, 91);
        });
    }

    static void tcp(ProtoWriter out) {
        nest(
                out,
                3,
                logs -> nest(logs, 1, entry -> {
                    nest(entry, 1, common -> {
                        time(common, 5, 1_767_225_600L, 0);
                        time(common, 12, 0, 220_000_000);
                        nest(common, 13, address -> nest(address, 2, pipe -> pipe.text(1, "/run/db.sock")));
                        common.varint(33, 3);
                    });
                    nest(entry, 2, connection -> {
                        connection.varint(1, 120);
                        connection.varint(2, 4096);
                    });
                }));
    }

    static void nest(ProtoWriter out, int field, Consumer<ProtoWriter> content) {
        int at = out.begin(field);
        content.accept(out);
        out.end(at);
    }

    static void pair(ProtoWriter out, int field, String key, String value) {
        nest(out, field, pair -> {
            pair.text(1, key);
            pair.text(2, value);
        });
    }

    private static void time(ProtoWriter out, int field, long seconds, long nanos) {
        nest(out, field, time -> {
            time.varint(1, seconds);
            time.varint(2, nanos);
        });
    }

    private static void socket(ProtoWriter address, String host, int port) {
        nest(address, 1, socket -> {
            socket.text(2, host);
            socket.varint(3, port);
        });
    }
}
