package dev.plait.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small parts, each by itself. */
class PartsTest {
    private static final TopicPartition IN = new TopicPartition("in", 0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0", "120 | 120", "Thu, 01 Jan 1970 00:01:40 GMT | 40", "Thu, 01 Jan 1970 00:00:10 GMT | 0"})
    void retryAfter_isSecondsOrADate(String value, long seconds) {
        assertThat(RetryAfter.parse(value, Instant.ofEpochSecond(60))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"soon", "-3", "1.5", "99999999999", "''"})
    void retryAfter_thatIsNeitherSaysNothing(String value) {
        assertThat(RetryAfter.parse(value, Instant.EPOCH)).isEmpty();
    }

    @Test
    void backoff_doublesBelowItsLimitAndObeysTheBackendUpToIt() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
        Random random = new Random(7);

        for (int tries = 1; tries < 200; tries++) {
            long limitMs = Math.min(2_000, 100L << Math.min(20, tries - 1));
            assertThat(backoff.before(tries, Optional.empty(), random).toMillis())
                    .isBetween(1L, limitMs);
        }
        assertThat(backoff.before(1, Optional.of(Duration.ofHours(1)), random)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.before(1, Optional.of(Duration.ofMillis(700)), random))
                .isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void progress_stopsAtTheFirstRecordWithoutAnAnswer() {
        Progress progress = new Progress();
        List<Progress.Entry> entries = List.of(
                progress.begin(record(5)),
                progress.begin(record(6)),
                progress.begin(record(6)),
                progress.begin(record(9)));
        Map<TopicPartition, OffsetAndMetadata> taken = Map.of(IN, new OffsetAndMetadata(10));

        progress.settle(entries.get(0));
        progress.settle(entries.get(1));
        progress.settle(entries.get(3));
        assertThat(progress.committable(taken).get(IN).offset()).isEqualTo(6);

        progress.settle(entries.get(2));
        assertThat(progress.committable(taken)).isEqualTo(taken);
    }

    @Test
    void progress_ofAPartitionThatCameBackIsAnother() {
        Progress progress = new Progress();
        Progress.Entry before = progress.begin(record(5));
        progress.forget(List.of(IN));
        Progress.Entry now = progress.begin(record(5));

        progress.settle(before);

        assertThat(progress.isCurrent(before)).isFalse();
        assertThat(progress.isCurrent(now)).isTrue();
        assertThat(progress.committable(Map.of(IN, new OffsetAndMetadata(6)))
                        .get(IN)
                        .offset())
                .isEqualTo(5);
    }

    @Test
    void view_namesTheFieldThatIsWrong() {
        RecordView view = RecordView.of(
                Map.of("a", Map.of("list", List.of(Map.of("n", "text"))), "real", 1.5, "nan", "NaN", "flag", true));

        assertThatThrownBy(() -> view.record("a").records("list").get(0).number("n"))
                .isInstanceOf(MalformedRecord.class)
                .hasMessageContaining("a.list[0].n: a whole number is expected");
        assertThatThrownBy(() -> view.text("missing"))
                .hasMessageContaining("missing: a text is expected, it is missing");
        assertThatThrownBy(() -> view.number("real")).isInstanceOf(MalformedRecord.class);
        assertThat(view.real("nan")).isNaN();
        assertThat(view.optionalRecord("none")).isEmpty();
        assertThat(view.records("none")).isEmpty();
    }

    @Test
    void httpSettings_doNotMixOrShowSecrets() {
        assertThatThrownBy(() -> http(Map.of("http.auth.basic.username", "me")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http.auth.basic.password is missing");
        assertThatThrownBy(() -> http(Map.of(
                        "http.auth.bearer.token",
                        "t0ken",
                        "http.auth.basic.username",
                        "me",
                        "http.auth.basic.password",
                        "s3cret")))
                .hasMessageContaining("choose one")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> http(Map.of("ssl.truststore.location", "/nowhere.jks", "ssl.truststore.type", "JKS")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere.jks");
        assertThat(http(Map.of("http.auth.bearer.token", "t0ken")).toString()).doesNotContain("t0ken");
    }

    private static HttpSettings http(Map<String, String> given) {
        return HttpSettings.of(new AbstractConfig(HttpSettings.define(new ConfigDef()), given, false));
    }

    private static SinkRecord record(long offset) {
        return new SinkRecord("in", 0, null, "key", null, "value", offset, 1L, TimestampType.CREATE_TIME);
    }
}
