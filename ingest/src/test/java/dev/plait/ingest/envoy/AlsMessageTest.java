package dev.plait.ingest.envoy;

import static dev.plait.ingest.envoy.AlsMessages.http;
import static dev.plait.ingest.envoy.AlsMessages.identifier;
import static dev.plait.ingest.envoy.AlsMessages.message;
import static dev.plait.ingest.envoy.AlsMessages.nest;
import static dev.plait.ingest.envoy.AlsMessages.pair;
import static dev.plait.ingest.envoy.AlsMessages.request;
import static dev.plait.ingest.envoy.AlsMessages.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.RequestKey;
import dev.plait.ingest.accesslog.RecordedLogs;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlsMessageTest {
    private final MeshDecoder decoder = new MeshDecoder();

    @Test
    void request_becomesOneAccessLogRecord() {
        RecordedLogs.Log log = RecordedLogs.of(decoder, message(out -> {
                    identifier(out);
                    http(out, "/orders?token=s3cr3t");
                }))
                .only();

        assertThat(log.trace()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(log.flags()).isEqualTo(ItemFlags.LOG | ItemFlags.ACCESS_LOG | ItemFlags.ERROR);
        assertThat(log.requestKey()).contains(RequestKey.of("0b3c5f10-27aa-4d4e-9c11-5a0c6f1d2e3b"));
        assertThat(log.resource())
                .isEqualTo(Map.of(
                        "service.name", "orders",
                        "node_name", "orders-7f.shop",
                        "zone_name", "eu-1",
                        "log_name", "mesh-log"));
        assertThat(log.record().getTimeUnixNano()).isEqualTo(1_767_225_600_310_000_000L);
        assertThat(log.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("http.request.method", "POST"),
                        Map.entry("url.path", "/orders"),
                        Map.entry("url.query", "token=******"),
                        Map.entry("http.response.status_code", "503"),
                        Map.entry("http.request.size", "120"),
                        Map.entry("http.response.size", "91"),
                        Map.entry("server.address", "orders.mesh"),
                        Map.entry("client.address", "10.0.0.9"),
                        Map.entry("user_agent.original", "curl/8.5"),
                        Map.entry("network.protocol.version", "1.1"),
                        Map.entry("network.peer.address", "10.42.1.9:8080"),
                        Map.entry("http.request.header.host", "orders.mesh:80"),
                        Map.entry("http.request.header.x-request-id", "0b3c5f10-27aa-4d4e-9c11-5a0c6f1d2e3b"),
                        Map.entry("envoy.response_flags", "UF,URX"),
                        Map.entry("envoy.duration", "12.5")));
    }

    @Test
    void routeAndCluster_areNamedAsInText_andTheStreamIdStandsIn() {
        byte[] value = message(out -> nest(
                out,
                2,
                logs -> nest(logs, 1, entry -> {
                    nest(entry, 1, common -> {
                        nest(common, 5, time -> time.varint(1, 1_767_225_600L));
                        common.text(15, "orders_cluster");
                        common.text(18, "TLS error");
                        common.text(19, "orders-v1");
                        common.text(26, "0b3c5f10-27aa-4d4e-9c11-5a0c6f1d2e3b");
                    });
                    nest(entry, 4, response -> response.text(6, "via_upstream"));
                })));

        RecordedLogs.Log log = RecordedLogs.of(decoder, value).only();

        assertThat(log.requestKey()).contains(RequestKey.of("0b3c5f10-27aa-4d4e-9c11-5a0c6f1d2e3b"));
        assertThat(log.attributes())
                .containsEntry("envoy.upstream_cluster", "orders_cluster")
                .containsEntry("envoy.upstream_transport_failure_reason", "TLS error")
                .containsEntry("envoy.route_name", "orders-v1")
                .containsEntry("envoy.response_code_details", "via_upstream");
    }

    @Test
    void connection_becomesOneOfTcp() {
        RecordedLogs.Log log =
                RecordedLogs.of(decoder, message(AlsMessages::tcp)).only();

        assertThat(log.trace()).isEmpty();
        assertThat(log.resource()).isEmpty();
        assertThat(log.attributes())
                .isEqualTo(Map.of(
                        "envoy.bytes_received", "120",
                        "envoy.bytes_sent", "4096",
                        "envoy.duration", "220.0",
                        "network.peer.address", "/run/db.sock"));
    }

    @Test
    void customTags_mayNameTheTraceAndTheMesh() {
        byte[] value = message(out -> nest(
                out,
                2,
                logs -> nest(
                        logs,
                        1,
                        entry -> nest(entry, 1, common -> {
                            nest(common, 5, time -> time.varint(1, 1_767_225_600L));
                            pair(common, 22, "trace_id", "a3ce929d0e0e4736");
                            pair(common, 22, "mesh", "default");
                        }))));

        RecordedLogs.Log log = RecordedLogs.of(decoder, value).only();

        assertThat(log.trace()).isEqualTo("0000000000000000a3ce929d0e0e4736");
        assertThat(log.attributes()).containsEntry("kuma.mesh", "default");
    }

    @Test
    void grpcStatusInTheTrailers_tellsAFailure() {
        byte[] value = message(out -> nest(
                out,
                2,
                logs -> nest(logs, 1, entry -> {
                    nest(entry, 1, common -> nest(common, 5, time -> time.varint(1, 1_767_225_600L)));
                    nest(entry, 4, response -> {
                        nest(response, 1, code -> code.varint(1, 200));
                        pair(response, 5, "grpc-status", "14");
                    });
                })));

        RecordedLogs.Log log = RecordedLogs.of(decoder, value).only();

        assertThat(log.isError()).isTrue();
        assertThat(log.attributes()).containsEntry("rpc.response.status_code", "UNAVAILABLE");
    }

    /** The end of each of them is logged, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 7, 8, 9, 10})
    void whatIsNoEnd_isPassedOver(int type) {
        RecordedLogs logs = RecordedLogs.of(
                decoder,
                message(out -> nest(out, 2, entries -> {
                    nest(entries, 1, entry -> request(entry, "/a", common -> common.varint(33, type)));
                    nest(entries, 1, entry -> request(entry, "/b", common -> {}));
                    nest(entries, 1, entry -> request(entry, "/c", common -> common.varint(27, 1)));
                })));

        assertThat(logs.logs).hasSize(1);
        assertThat(logs.logs.get(0).attributes()).containsEntry("url.path", "/b");
        assertThat(logs.rejected).extracting(Rejected::reason).containsOnly(Reason.NOT_ACCESS_LOG);
    }

    @Test
    void badEntry_isRefusedAlone() {
        RecordedLogs logs = RecordedLogs.of(decoder, message(out -> {
            http(out, "/good");
            nest(out, 2, entries -> entries.bytes(1, new byte[] {0x0a, 100}, 0, 2));
            nest(out, 2, entries -> nest(entries, 1, entry -> entry.varint(2, 2)));
            tcp(out);
        }));

        assertThat(logs.logs).hasSize(2);
        assertThat(logs.rejected).extracting(Rejected::reason).containsExactly(Reason.TRUNCATED, Reason.BAD_TIME);
        assertThat(logs.rejected).extracting(Rejected::item).containsExactly(1, 2);
    }

    static Stream<Arguments> entries() {
        return Stream.of(
                row("nothing but a start", common -> {}, rest -> {}, ""),
                row("start before 1970", common -> nest(common, 5, time -> time.varint(1, -1)), rest -> {}, "BAD_TIME"),
                row(
                        "start of 10^9 nanoseconds",
                        common -> nest(common, 5, time -> time.varint(2, 1_000_000_000)),
                        rest -> {},
                        "BAD_TIME"),
                row(
                        "start beyond 2262",
                        common -> nest(common, 5, time -> time.varint(1, 1L << 40)),
                        rest -> {},
                        "BAD_TIME"),
                row("start as a number", common -> common.varint(5, 7), rest -> {}, "WRONG_TYPE"),
                row("negative duration", common -> nest(common, 23, time -> time.varint(1, -1)), rest -> {}, ""),
                row("end of a UDP session", common -> common.varint(33, 13), rest -> {}, ""),
                row("unknown type", common -> common.varint(33, 99), rest -> {}, "NOT_ACCESS_LOG"),
                row("unknown fields", common -> common.text(77, "x"), rest -> rest.fixed32(77, 1), ""),
                row("unknown method", common -> {}, rest -> nest(rest, 3, request -> request.varint(1, 99)), ""),
                row(
                        "path as a number",
                        common -> {},
                        rest -> nest(rest, 3, request -> request.varint(5, 1)),
                        "WRONG_TYPE"),
                row(
                        "path that is not UTF-8",
                        common -> {},
                        rest -> nest(rest, 3, request -> request.bytes(5, new byte[] {'/', -1}, 0, 2)),
                        ""),
                row(
                        "path cut",
                        common -> {},
                        rest -> nest(rest, 3, request -> request.raw(new byte[] {0x2a, 100})),
                        "TRUNCATED"),
                row(
                        "status 0",
                        common -> {},
                        rest -> nest(rest, 4, response -> nest(response, 1, code -> code.varint(1, 0))),
                        ""),
                row(
                        "status 2^40",
                        common -> {},
                        rest -> nest(rest, 4, response -> nest(response, 1, code -> code.varint(1, 1L << 40))),
                        ""),
                row(
                        "status of two fields",
                        common -> {},
                        rest -> nest(rest, 4, response -> nest(response, 1, code -> code.text(2, "x"))),
                        ""),
                row(
                        "header without a value",
                        common -> {},
                        rest -> nest(rest, 3, request -> nest(request, 13, pair -> pair.text(1, "b3"))),
                        ""),
                row(
                        "negative size",
                        common -> {},
                        rest -> nest(rest, 3, request -> request.varint(12, -1)),
                        "BAD_VALUE"),
                row("address of nothing", common -> nest(common, 13, address -> {}), rest -> {}, ""),
                row("10 000 open groups", common -> common.raw(groups()), rest -> {}, "TOO_DEEP"));
    }

    /** The entry alone; what its common properties have beside a start, and it beside them. */
    private static Arguments row(String row, Consumer<ProtoWriter> common, Consumer<ProtoWriter> rest, String refusal) {
        return arguments(
                row,
                message(out -> nest(
                        out,
                        2,
                        list -> nest(list, 1, entry -> {
                            nest(entry, 1, properties -> {
                                nest(properties, 5, time -> time.varint(1, 1_767_225_600L));
                                common.accept(properties);
                            });
                            rest.accept(entry);
                        }))),
                refusal);
    }

    private static byte[] groups() {
        byte[] groups = new byte[20_000];
        for (int i = 0; i < groups.length; i += 2) {
            groups[i] = (byte) 0xab;
            groups[i + 1] = 4;
        }
        return groups;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void entry_hasItsVerdict(String row, byte[] value, String refusal) {
        RecordedLogs logs = RecordedLogs.of(decoder, value);

        assertThat(logs.refusal()).isEqualTo(refusal);
        assertThat(logs.logs).hasSize(refusal.isEmpty() ? 1 : 0);
    }

    @Test
    void everyBreak_isAVerdict() {
        byte[] whole = message(out -> {
            identifier(out);
            http(out, "/a", "/b");
            tcp(out);
        });

        for (int length = 0; length < whole.length; length++) {
            RecordedLogs.of(decoder, Arrays.copyOf(whole, length));
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x5a;
            RecordedLogs.of(decoder, flipped);
        }
        assertThat(RecordedLogs.of(decoder, whole).logs).hasSize(3);
    }

    @Test
    void flags_haveTheCodesOfTheTextLines() {
        byte[] flags = message(out -> {
            out.varint(1, 1);
            out.varint(2, 0);
            nest(out, 13, reason -> reason.varint(1, 1));
            out.varint(25, 1);
            out.varint(28, 1);
            out.varint(29, 1);
        });

        assertThat(ResponseFlags.codes(new dev.plait.schemas.wire.ProtoReader().reset(flags, 0, flags.length)))
                .isEqualTo("LH,UAEX,NC,DR,29");
    }

    @Test
    void textLines_areNotTakenForMessages() {
        assertThat(List.of(MeshLines.KUMA, "\n" + MeshLines.KUMA, "\n\n", MeshLines.JSON, ""))
                .noneMatch(text -> AlsMessage.begins(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void headersAndTagsThatAreLoggedBesides_areAttributes() {
        byte[] value = message(out -> nest(
                out,
                2,
                logs -> nest(logs, 1, entry -> {
                    nest(entry, 1, common -> {
                        nest(common, 5, time -> time.varint(1, 1_767_225_600L));
                        pair(common, 22, "team", "shop");
                    });
                    nest(entry, 3, request -> {
                        pair(request, 13, "x-order-total", "12.50");
                        pair(request, 13, "authorization", "Basic c2VjcmV0");
                        pair(request, 13, "x-empty", "");
                    });
                    nest(entry, 4, response -> {
                        pair(response, 4, "x-cache", "hit");
                        pair(response, 5, "x-checksum", "ab");
                    });
                })));

        RecordedLogs.Log log = RecordedLogs.of(decoder, value).only();

        assertThat(log.attributes())
                .containsEntry("team", "shop")
                .containsEntry("http.request.header.x-order-total", "12.50")
                .containsEntry("http.request.header.authorization", "*".repeat("Basic c2VjcmV0".length()))
                .containsEntry("http.response.header.x-cache", "hit")
                .containsEntry("http.response.trailer.x-checksum", "ab")
                .doesNotContainKey("http.request.header.x-empty");
    }
}
