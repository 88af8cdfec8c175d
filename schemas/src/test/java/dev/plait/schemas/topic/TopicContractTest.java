package dev.plait.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicContractTest {
    @Test
    void contracts_coverEveryTopicOnce() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : Topics.class.getFields()) {
            names.add((String) field.get(null));
        }

        assertThat(Stream.concat(TopicContract.outputs().stream(), TopicContract.defaultInputs().stream())
                        .map(TopicContract::name))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void outputs_haveTheSettingsOfTheDesign() {
        assertThat(contract(Topics.TRACES).settings())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("max.message.bytes", "4194304")
                .containsEntry("compression.type", "lz4")
                .containsEntry("retention.ms", "604800000");
        assertThat(contract(Topics.ALERTS).settings())
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("retention.ms", "2592000000")
                .containsEntry("segment.ms", "21600000");
        assertThat(contract(Topics.SLO_DEFINITIONS).settings())
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("retention.ms");
        assertThat(contract(Topics.SLO_DEFINITIONS).partitions(8)).isEqualTo(1);
        assertThat(contract(Topics.TRACES).partitions(8)).isEqualTo(8);
    }

    @Test
    void outputs_areCleanedAsTheDesignSays() {
        assertThat(TopicContract.outputs())
                .extracting(topic -> topic.name() + " " + topic.cleanup().policy())
                .containsExactly(
                        "plait-alerts compact,delete",
                        "plait-dead-letters delete",
                        "plait-decisions compact,delete",
                        "plait-edges delete",
                        "plait-measures delete",
                        "plait-red delete",
                        "plait-slo compact,delete",
                        "plait-slo-definitions compact",
                        "plait-traces delete");
    }

    @Test
    void contract_refusesRetentionOfCompactedTopic() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicContract(
                        "t", "k", TopicContract.Cleanup.COMPACT, Optional.of(Duration.ofDays(1)), true, "lz4"));
    }

    private static TopicContract contract(String name) {
        return TopicContract.outputs().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
