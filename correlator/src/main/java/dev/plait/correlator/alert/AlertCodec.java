package dev.plait.correlator.alert;

import dev.plait.correlator.PageReader;
import dev.plait.correlator.PageWriter;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.SloStatus.Burn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What is remembered of an alert: as long as it is active its last record in whole, so that it can be resolved without the rule
 * that made it; afterwards its revision only.
 */
final class AlertCodec {
    private static final int VERSION = 1;

    private AlertCodec() {}

    /** Revision and, while it is active, the last record. */
    record Remembered(int revision, Optional<Alert> active) {}

    static byte[] write(Alert alert) {
        PageWriter page = new PageWriter(512).number(VERSION).number(alert.revision());
        boolean active = alert.state() != Alert.State.RESOLVED;
        page.flag(active);
        if (active) {
            page.text(alert.fingerprint())
                    .text(alert.name())
                    .text(alert.kind().name())
                    .text(alert.state().name())
                    .text(alert.severity());
            EvidenceCodec.optional(page, alert.slo());
            EvidenceCodec.optional(page, alert.service());
            texts(page, alert.labels());
            texts(page, alert.annotations());
            page.number(alert.startsAtMs()).number(alert.updatedAtMs());
            EvidenceCodec.list(page, alert.burn(), AlertCodec::burn);
            page.number(alert.counts().good()).number(alert.counts().bad());
            page.flag(alert.budgetRemaining().isPresent());
            alert.budgetRemaining().ifPresent(page::real);
            page.flag(alert.exhaustsAtMs().isPresent());
            alert.exhaustsAtMs().ifPresent(page::number);
            EvidenceCodec.write(page, alert.evidence());
        }
        return page.bytes();
    }

    static Remembered read(byte[] bytes) {
        PageReader page = new PageReader(bytes);
        long version = page.number();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "a stored alert has version " + version + ", this program reads " + VERSION);
        }
        int revision = page.count();
        return new Remembered(revision, page.flag() ? Optional.of(alert(page, revision)) : Optional.empty());
    }

    private static Alert alert(PageReader page, int revision) {
        return new Alert(
                page.text(),
                revision,
                page.text(),
                Alert.Kind.valueOf(page.text()),
                Alert.State.valueOf(page.text()),
                page.text(),
                EvidenceCodec.optional(page),
                EvidenceCodec.optional(page),
                texts(page),
                texts(page),
                page.number(),
                OptionalLong.empty(),
                page.number(),
                burns(page),
                counts(page.number(), page.number()),
                page.flag() ? OptionalDouble.of(page.real()) : OptionalDouble.empty(),
                page.flag() ? OptionalLong.of(page.number()) : OptionalLong.empty(),
                EvidenceCodec.read(page));
    }

    private static Alert.Counts counts(long good, long bad) {
        return new Alert.Counts(good, bad, good + bad);
    }

    private static void burn(PageWriter page, Burn burn) {
        page.text(burn.severity())
                .text(burn.longWindow())
                .text(burn.shortWindow())
                .real(burn.factor())
                .real(burn.longRate())
                .real(burn.shortRate())
                .flag(burn.exceeded());
    }

    private static List<Burn> burns(PageReader page) {
        return EvidenceCodec.list(
                page,
                from -> new Burn(
                        from.text(), from.text(), from.text(), from.real(), from.real(), from.real(), from.flag()));
    }

    private static void texts(PageWriter page, Map<String, String> texts) {
        page.number(texts.size());
        new TreeMap<>(texts).forEach((key, value) -> page.text(key).text(value));
    }

    private static Map<String, String> texts(PageReader page) {
        Map<String, String> texts = new TreeMap<>();
        int size = page.count();
        for (int i = 0; i < size; i++) {
            texts.put(page.text(), page.text());
        }
        return texts;
    }
}
