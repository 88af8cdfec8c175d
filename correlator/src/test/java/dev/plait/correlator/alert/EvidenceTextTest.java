package dev.plait.correlator.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.Alert.Contributor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvidenceTextTest {
    @Test
    void culprit_isWhatTellsMostAndNotTheGroupOfTheTitle() {
        Alert.Evidence evidence = new Alert.Evidence(
                List.of(),
                List.of(
                        new Contributor("gateway", "edge-eu", 19, 1),
                        new Contributor("method", "GET", 19, 1),
                        new Contributor("region", "eu", 19, 1),
                        new Contributor("route", "orders-v1", 19, 1),
                        new Contributor("service", "orders", 19, 1),
                        new Contributor("status", "502", 11, 0.58),
                        new Contributor("status", "500", 8, 0.42)),
                List.of(),
                List.of());

        EvidenceText text = new EvidenceText(evidence, false, Set.of("region"));

        assertThat(text.culprit()).contains("mostly route orders-v1, service orders, gateway edge-eu");
        assertThat(text.sentences().get(0))
                .isEqualTo("Of the failed requests 100% have route orders-v1, 100% have service orders, 100% have"
                        + " gateway edge-eu.");
    }
}
