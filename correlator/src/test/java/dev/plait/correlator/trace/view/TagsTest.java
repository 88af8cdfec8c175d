package dev.plait.correlator.trace.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.Origin;
import dev.plait.schemas.model.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagsTest {
    @Test
    void resourceIdentity_isNormalised() {
        Origin origin = origin(
                Map.of(),
                "cloud.region",
                "eu-1",
                "deployment.environment",
                "prod",
                "kuma.mesh",
                "default",
                "kuma.io/zone",
                "z1",
                "k8s.cluster.name",
                "c1",
                "k8s.namespace.name",
                "shop",
                "service.version",
                "1.2");

        assertThat(Tags.of(List.of(), List.of(origin)))
                .isEqualTo(Map.of(
                        "region",
                        "eu-1",
                        "env",
                        "prod",
                        "mesh",
                        "default",
                        "zone",
                        "z1",
                        "cluster",
                        "c1",
                        "namespace",
                        "shop"));
    }

    @Test
    void conflict_leavesTheTagOut() {
        Origin one = origin(Map.of("team", "a"), "cloud.region", "eu-1", "env", "prod");
        Origin other = origin(Map.of("team", "b"), "cloud.region", "us-1", "env", "prod");

        assertThat(Tags.of(List.of(), List.of(one, other))).isEqualTo(Map.of("env", "prod"));
    }

    @Test
    void entry_hasTheWordInAConflict() {
        Origin gateway = origin(Map.of("gateway", "edge-eu"), "cloud.region", "eu-1");
        Origin other = origin(Map.of("gateway", "edge-us"), "cloud.region", "us-1");

        assertThat(Tags.of(List.of(gateway), List.of(other, gateway)))
                .isEqualTo(Map.of("gateway", "edge-eu", "region", "eu-1"));
    }

    @Test
    void staticTag_standsBeforeResource() {
        Origin root = origin(Map.of(), "cloud.region", "said-by-resource");
        Origin other = origin(Map.of("region", "given"));

        assertThat(Tags.of(List.of(root), List.of(root, other))).isEqualTo(Map.of("region", "given"));
    }

    private static Origin origin(Map<String, String> tags, Object... resource) {
        return new Origin(Given.map(resource), "", Source.OTLP, tags);
    }
}
