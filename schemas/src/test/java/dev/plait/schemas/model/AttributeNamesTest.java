package dev.plait.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeNamesTest {
    private final AttributeNames names = new AttributeNames();

    /** Attributes of a client's span as they come, all of them text, and what becomes of them; numbers end in L. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http.status_code=200                       | {http.response.status_code=200L}",
                "http.status_code=0                         | {http.status_code=0}",
                "http.status_code=abc                       | {http.status_code=abc}",
                "http.status_code=                          | {http.status_code=}",
                "http.status_code=200;http.response.status_code=503 | {http.response.status_code=503L, http.status_code=200}",
                "http.response.status_code=503;http.status_code=503 | {http.response.status_code=503L}",
                "http.method=GET;http.request.method=POST   | {http.method=GET, http.request.method=POST}",
                "http.method=GET;http.request.method=_OTHER | {http.method=GET, http.request.method=_OTHER}",
                "http.path=/a                               | {url.path=/a}",
                "http.target=/a?b=1                         | {http.target=/a?b=1, url.path=/a, url.query=b=1}",
                "http.path=/b;http.target=/a                | {http.path=/b, url.path=/a}",
                "http.target=/a;http.path=/b                | {http.path=/b, url.path=/a}",
                "http.url=http://h/a?sig=1                  | {url.full=http://h/a?sig=1}",
                "http.url=http://h/a?sig=1;url.full=http://h/b | {http.url=http://h/a?sig=1, url.full=http://h/b}",
                "http.scheme=https                          | {url.scheme=https}",
                "http.host=shop                             | {server.address=shop}",
                "http.host=shop:80                          | {http.host=shop:80, server.address=shop, server.port=80L}",
                "http.host=[::1]:80                         | {http.host=[::1]:80, server.address=::1, server.port=80L}",
                "http.host=::1                              | {server.address=::1}",
                "http.host=shop:x                           | {server.address=shop:x}",
                "http.host=shop;net.host.name=pod-1         | {http.host=shop, server.address=pod-1}",
                "peer.address=10.0.0.1:443 | {network.peer.address=10.0.0.1, network.peer.port=443L, peer.address=10.0.0.1:443}",
                "net.peer.ip=10.0.0.1                       | {network.peer.address=10.0.0.1}",
                "net.peer.name=db;net.peer.port=5432        | {server.address=db, server.port=5432L}",
                "net.host.name=shop;net.host.port=80        | {server.address=shop, server.port=80L}",
                "net.transport=ip_tcp                       | {net.transport=ip_tcp, network.transport=tcp}",
                "http.flavor=1.1                            | {network.protocol.version=1.1}",
                "http.flavor=2.0                            | {http.flavor=2.0, network.protocol.version=2}",
                "http.flavor=SPDY                           | {http.flavor=SPDY}",
                "http.protocol=HTTP/2                       | {http.protocol=HTTP/2, network.protocol.version=2}",
                "http.user_agent=curl                       | {user_agent.original=curl}",
                "http.client_ip=10.0.0.9                    | {client.address=10.0.0.9}",
                "http.request_content_length=12             | {http.request.body.size=12L}",
                "request_size=12                            | {http.request.size=12L}",
                "request_size=-                             | {request_size=-}",
                "request_size=99999999999999999999          | {request_size=99999999999999999999}",
                "response_flags=-                           | {}",
                "response_flags=UF                          | {envoy.response_flags=UF}",
                "grpc.status_code=4                         | {grpc.status_code=4, rpc.response.status_code=DEADLINE_EXCEEDED}",
                "rpc.grpc.status_code=14                    | {rpc.grpc.status_code=14, rpc.response.status_code=UNAVAILABLE}",
                "rpc.status_code=UNAVAILABLE                | {rpc.response.status_code=UNAVAILABLE}",
                "grpc.status_code=NotFound                  | {grpc.status_code=NotFound, rpc.response.status_code=NOT_FOUND}",
                "grpc.status_code=99                        | {grpc.status_code=99}",
                "grpc.status_code=99999999999999            | {grpc.status_code=99999999999999}",
                "rpc.response.status_code=14                | {rpc.response.status_code=UNAVAILABLE}",
                "rpc.response.status_code=-32602            | {rpc.response.status_code=-32602}",
                "grpc.path=/a.B/C                           | {grpc.path=/a.B/C, rpc.method=a.B/C}",
                "rpc.service=a.B;rpc.method=C               | {rpc.method=a.B/C, rpc.service=a.B}",
                "rpc.service=a.B                            | {rpc.service=a.B}",
                "rpc.system=grpc                            | {rpc.system.name=grpc}",
                "db.system=mysql;db.name=shop               | {db.namespace=shop, db.system.name=mysql}",
                "db.statement=SELECT 1;db.operation=SELECT  | {db.operation.name=SELECT, db.query.text=SELECT 1}",
                "db.sql.table=orders                        | {db.collection.name=orders}",
                "messaging.destination=orders;messaging.operation=send | {messaging.destination.name=orders, messaging.operation.type=send}",
                "messaging.kafka.consumer.group=g           | {messaging.consumer.group.name=g}",
                "messaging.kafka.message.offset=7           | {messaging.kafka.offset=7L}",
                "code.function=f;code.lineno=3              | {code.function.name=f, code.line.number=3L}",
                "thread.id=12;thread.name=main              | {thread.id=12L, thread.name=main}",
                "peer.service=orders                        | {service.peer.name=orders}",
                "kong.route=r;kong.route_name=n             | {kong.route.id=r, kong.route.name=n}",
                "kong.consumer=c1                           | {kong.auth.consumer.id=c1}",
                "kong.consumer.username=ann                 | {kong.auth.consumer.name=ann}",
                "kong.auth.consumer.username=ann            | {kong.auth.consumer.name=ann}",
                "enduser.id=ann;exception.type=E            | {enduser.id=ann, exception.type=E}",
                "order.total=12.5                           | {order.total=12.5}",
            })
    void attribute_getsItsPresentName(String given, String expected) {
        Map<String, Object> attributes = attributes(given);

        names.ofSpan(attributes, SpanKind.CLIENT);

        assertThat(shown(attributes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "net.peer.ip=10.0.0.1     | {client.address=10.0.0.1, network.peer.address=10.0.0.1}",
                "net.peer.ip=10.0.0.1;http.client_ip=1.2.3.4 | {client.address=1.2.3.4, network.peer.address=10.0.0.1}",
                "net.peer.name=app;net.peer.port=80 | {client.address=app, client.port=80L, net.peer.name=app, net.peer.port=80}",
            })
    void peerOfAServer_isItsClient(String given, String expected) {
        Map<String, Object> attributes = attributes(given);

        names.ofSpan(attributes, SpanKind.SERVER);

        assertThat(shown(attributes)).isEqualTo(expected);
    }

    @Test
    void peerOfALog_staysAsItIs() {
        Map<String, Object> attributes = attributes("net.peer.name=app;net.sock.peer.addr=10.0.0.9");

        names.ofOther(attributes);

        assertThat(shown(attributes)).isEqualTo("{net.peer.name=app, net.sock.peer.addr=10.0.0.9}");
    }

    @Test
    void value_hasTheTypeOfItsName() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("http.response.status_code", 503.0);
        attributes.put("http.request.method", true);
        attributes.put("server.port", "8080");
        attributes.put("response_size", 7.0);
        attributes.put("net.peer.port", 8000.5);
        attributes.put("http.flavor", 2.0);
        attributes.put("messaging.kafka.destination.partition", 3L);
        attributes.put("kong.latency.total", 12L);
        attributes.put("rpc.grpc.status_code", 0.0);

        names.ofOther(attributes);

        assertThat(attributes)
                .containsEntry("http.response.status_code", 503L)
                .containsEntry("http.request.method", "true")
                .containsEntry("server.port", 8080L)
                .containsEntry("http.response.size", 7L)
                .containsEntry("net.peer.port", 8000.5)
                .containsEntry("network.protocol.version", "2")
                .containsEntry("messaging.destination.partition.id", "3")
                .containsEntry("kong.latency.total", 12.0)
                .containsEntry("rpc.response.status_code", "OK")
                .doesNotContainKeys("response_size", "http.flavor", "messaging.kafka.destination.partition");
    }

    @Test
    void order_isThatOfTheTable_whateverOrderTheyCameIn() {
        Map<String, Object> one = attributes("http.url=http://h/;a=1;http.method=GET;http.status_code=200;b=2");
        Map<String, Object> other = attributes("http.status_code=200;a=1;b=2;http.method=GET;http.url=http://h/");

        names.ofSpan(one, SpanKind.CLIENT);
        names.ofSpan(other, SpanKind.CLIENT);

        assertThat(keys(one))
                .isEqualTo(keys(other))
                .containsExactly("a", "b", "http.request.method", "http.response.status_code", "url.full");
    }

    @Test
    void again_changesNothing() {
        Map<String, Object> attributes = attributes(
                "http.target=/a?b=1;http.host=shop:80;rpc.service=a.B;rpc.method=C;http.flavor=2.0;grpc.status_code=4");
        names.ofSpan(attributes, SpanKind.SERVER);
        Map<String, Object> once = new LinkedHashMap<>(attributes);

        names.ofSpan(attributes, SpanKind.SERVER);

        assertThat(attributes).isEqualTo(once);
        assertThat(keys(attributes)).isEqualTo(keys(once));
    }

    @Test
    void namedAttribute_isFoundUnderAnyOfItsNames() {
        Map<String, Object> today = Map.of("http.request.method", "GET", "a", 1L);

        assertThat(Attributes.named(today, "http.method")).contains("GET");
        assertThat(Attributes.named(today, "http.request.method")).contains("GET");
        assertThat(Attributes.named(Map.of("http.method", "PUT"), "http.request.method"))
                .contains("PUT");
        assertThat(Attributes.named(today, "a")).contains(1L);
        assertThat(Attributes.named(today, "http.url")).isEmpty();
    }

    private static Map<String, Object> attributes(String given) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String pair : given.split(";", -1)) {
            attributes.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return attributes;
    }

    private static String shown(Map<String, Object> attributes) {
        Map<String, String> shown = new TreeMap<>();
        attributes.forEach((key, value) -> shown.put(key, value instanceof Long ? value + "L" : value.toString()));
        return shown.toString();
    }

    private static List<String> keys(Map<String, Object> attributes) {
        return new ArrayList<>(attributes.keySet());
    }

    /** OpenTracing's libraries write the address as they have it. */
    @ParameterizedTest
    @CsvSource({"3224716605, 192.53.69.61", "-1070250691, 192.53.69.61", "0, 0.0.0.0"})
    void addressThatIsANumber_isWrittenWithDots(long bits, String address) {
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("peer.ipv4", bits));

        names.ofSpan(attributes, SpanKind.CLIENT);

        assertThat(attributes).isEqualTo(Map.of("network.peer.address", address, "peer.ipv4", bits));
    }
}
