package dev.plait.ingest.span;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanNamesTest {
    /** Tags as they come, and what becomes of them; numbers are written bare. */
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
                "http.path=/a?b=1                           | {url.path=/a, url.query=b=1}",
                "http.path=/a?access_token=x                | {url.path=/a, url.query=access_token=x}",
                "http.url=http://h/a?sig=1                  | {url.full=http://h/a?sig=1}",
                "http.url=http://h/a?sig=1;url.full=http://h/b | {url.full=http://h/b}",
                "http.host=shop                             | {server.address=shop}",
                "http.host=shop:80                          | {server.address=shop, server.port=80L}",
                "http.host=[::1]:80                         | {server.address=::1, server.port=80L}",
                "http.host=::1                              | {server.address=::1}",
                "http.host=shop:x                           | {server.address=shop:x}",
                "peer.address=10.0.0.1:443                  | {network.peer.address=10.0.0.1, network.peer.port=443L}",
                "http.protocol=HTTP/2                       | {http.protocol=HTTP/2, network.protocol.version=2}",
                "http.protocol=h2                           | {http.protocol=h2}",
                "response_flags=-                           | {}",
                "response_flags=UF                          | {envoy.response_flags=UF}",
                "grpc.status_code=4                         | {grpc.status_code=4, rpc.status_code=DEADLINE_EXCEEDED}",
                "grpc.status_code=NotFound                  | {grpc.status_code=NotFound, rpc.status_code=NOT_FOUND}",
                "grpc.status_code=99                        | {grpc.status_code=99}",
                "grpc.status_code=99999999999999            | {grpc.status_code=99999999999999}",
                "grpc.path=/a.B/C                           | {rpc.method=a.B/C}",
                "request_size=12                            | {http.request.size=12L}",
                "request_size=-                             | {request_size=-}",
                "request_size=99999999999999999999          | {request_size=99999999999999999999}",
                "kong.route=r;kong.route_name=n             | {kong.route.id=r, kong.route.name=n}",
                "net.host.name=shop;net.host.port=80       | {server.address=shop, server.port=80L}",
                "kong.consumer=c1                           | {kong.auth.consumer.id=c1}",
                "messaging.kafka.consumer.group=g           | {messaging.consumer.group.name=g}",
                "rpc.response.status_code=14                | {rpc.response.status_code=14, rpc.status_code=UNAVAILABLE}",
                "order.total=12.5                           | {order.total=12.5}",
            })
    void tag_getsItsPresentName(String tags, String expected) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String tag : tags.split(";", -1)) {
            attributes.put(tag.substring(0, tag.indexOf('=')), tag.substring(tag.indexOf('=') + 1));
        }

        new SpanNames().normalise(attributes);

        Map<String, String> shown = new TreeMap<>();
        attributes.forEach((key, value) -> shown.put(key, value instanceof Long ? value + "L" : value.toString()));
        assertThat(shown.toString()).isEqualTo(expected);
    }

    @Test
    void number_keepsItsValueWhateverItsType() {
        Map<String, Object> attributes =
                new LinkedHashMap<>(Map.of("http.status_code", 404.0, "response_size", 7L, "http.method", true));

        new SpanNames().normalise(attributes);

        assertThat(attributes)
                .containsEntry("http.response.status_code", 404L)
                .containsEntry("http.response.size", 7L)
                .containsEntry("http.request.method", true);
    }

    /** OpenTracing's libraries write the address as they have it. */
    @ParameterizedTest
    @CsvSource({"3224716605, 192.53.69.61", "-1070250691, 192.53.69.61", "0, 0.0.0.0"})
    void addressThatIsANumber_isWrittenWithDots(long bits, String address) {
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("peer.ipv4", bits));

        new SpanNames().normalise(attributes);

        assertThat(attributes).isEqualTo(Map.of("network.peer.address", address));
    }
}
