package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportTest {
    private final GrpcBackend server = new GrpcBackend();
    private final OtlpBackend backend = server.backend();
    private final CountedItems counts = new CountedItems();
    private final Transport transport = new GrpcTransport(
            new GrpcTarget(URI.create(server.url()), SSLContext.getDefault()),
            Map.of(),
            true,
            4 << 20,
            Duration.ofSeconds(30));

    /** Ten spans and five logs in each of four records. */
    private final List<List<Item>> records = new ArrayList<>();

    private final List<Span> spans = new ArrayList<>();

    ExportTest() throws Exception {
        for (int seed = 1; seed <= 4; seed++) {
            List<Item> items = Traces.items(seed, 10, 1, 5);
            records.add(items);
            Traces.of(Signal.TRACES, items).forEach(item -> spans.add((Span) item.message()));
        }
    }

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    @Test
    void records_areSentTogether() {
        Export export = export(1 << 20, 1000);

        assertThat(export.run()).isEmpty();

        assertThat(backend.requests()).isEqualTo(2);
        assertThat(backend.spans()).containsExactlyInAnyOrderElementsOf(spans);
        assertThat(backend.logs()).hasSize(20);
        assertThat(counts.sent).isEqualTo(60);
    }

    @Test
    void requests_haveNoMoreItemsAndBytesThanAllowed() {
        assertThat(export(3000, 1000).run()).isEmpty();
        assertThat(export(1 << 20, 7).run()).isEmpty();

        assertThat(backend.taken())
                .allSatisfy(request -> assertThat(request.getSerializedSize() <= 3000
                                || OtlpBackend.spans(request).size() <= 7)
                        .isTrue());
        assertThat(backend.spans()).hasSize(80);
        assertThat(backend.logs()).hasSize(40);
    }

    @Test
    void later_goesOnWithWhatWasNotTaken() {
        Export export = export(1 << 20, 10);
        backend.failWhen(request ->
                backend.taken().size() < 2 ? Optional.empty() : Optional.of(Fault.grpc(Status.Code.UNAVAILABLE)));

        assertThat(export.run()).isPresent();
        backend.failWhen(request -> Optional.empty());
        assertThat(export.run()).isEmpty();

        assertThat(backend.spans()).containsExactlyInAnyOrderElementsOf(spans);
        assertThat(backend.logs()).hasSize(20);
    }

    @Test
    void refusedContent_isTheOneRecordThatHasIt() {
        Span poison = spans.get(25);
        backend.failWhen(request -> OtlpBackend.spans(request).contains(poison)
                ? Optional.of(Fault.grpc(Status.Code.INVALID_ARGUMENT))
                : Optional.empty());
        Export export = export(1 << 20, 1000);

        assertThat(export.run()).isEmpty();

        assertThat(export.refused()).containsOnlyKeys(2);
        assertThat(export.refused().get(2)).contains("traces", "INVALID_ARGUMENT");
        assertThat(backend.spans()).hasSize(30);
        assertThat(backend.logs()).hasSize(20);
    }

    @Test
    void refusal_thatIsNotOfTheContentIsNotTriedInParts() {
        backend.failNext(Fault.grpc(Status.Code.INTERNAL));
        Export export = export(1 << 20, 1000);

        assertThat(export.run()).isEmpty();

        assertThat(export.refused()).containsOnlyKeys(0, 1, 2, 3);
        assertThat(backend.requests()).isEqualTo(2);
        assertThat(counts.refused).isEqualTo(40);
    }

    @Test
    void backendThatTakesNothingFromThisSink_stopsTheTask() {
        backend.failNext(Fault.grpc(Status.Code.UNAUTHENTICATED));
        Export export = export(1 << 20, 1000);

        assertThatThrownBy(export::run)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("traces")
                .hasMessageContaining("credentials");
        assertThat(export.refused()).isEmpty();
    }

    @Test
    void requestTheBackendFindsTooLarge_isHalved() {
        backend.failWhen(request -> OtlpBackend.spans(request).size() > 5
                ? Optional.of(Fault.grpc(Status.Code.RESOURCE_EXHAUSTED, "message larger than max"))
                : Optional.empty());

        Export export = export(1 << 20, 1000);

        assertThat(export.run()).isEmpty();
        assertThat(export.refused()).isEmpty();
        assertThat(backend.spans()).containsExactlyInAnyOrderElementsOf(spans);
    }

    @Test
    void itemThatIsTooLargeAlone_isRefused() {
        List<Item> items = Traces.items(9, 1, 1, 0);
        Span large = ((Span) items.get(0).message())
                .toBuilder().setName("x".repeat(5 << 20)).build();
        records.add(List.of(
                new Item(Signal.TRACES, items.get(0).resource(), items.get(0).scope(), large)));
        Export export = export(4 << 20, 1000);

        assertThat(export.run()).isEmpty();

        assertThat(export.refused()).containsOnlyKeys(4);
        assertThat(backend.spans()).containsExactlyInAnyOrderElementsOf(spans);
    }

    private Export export(int maxBytes, int maxItems) {
        return new Export(records, Map.of(), new ExportLimits(maxBytes, maxItems), transport, counts);
    }
}
