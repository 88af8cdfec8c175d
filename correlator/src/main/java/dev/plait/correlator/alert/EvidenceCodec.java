package dev.plait.correlator.alert;

import dev.plait.correlator.PageReader;
import dev.plait.correlator.PageWriter;
import dev.plait.schemas.model.Alert;
import dev.plait.schemas.model.Alert.Contributor;
import dev.plait.schemas.model.Alert.LogLine;
import dev.plait.schemas.model.Alert.RootCauseShare;
import dev.plait.schemas.model.Alert.TraceExample;
import dev.plait.schemas.model.RootCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Evidence as bytes of a page of durable state. */
public final class EvidenceCodec {
    private EvidenceCodec() {}

    static void write(PageWriter page, Alert.Evidence evidence) {
        list(page, evidence.traces(), EvidenceCodec::writeTrace);
        list(
                page,
                evidence.contributors(),
                (to, each) -> to.text(each.dimension())
                        .text(each.value())
                        .number(each.bad())
                        .real(each.share()));
        list(
                page,
                evidence.rootCauses(),
                (to, each) -> to.text(each.service())
                        .text(each.operation())
                        .text(each.kind().name())
                        .number(each.count())
                        .real(each.share()));
        list(page, evidence.logs(), EvidenceCodec::writeLog);
    }

    static Alert.Evidence read(PageReader page) {
        return new Alert.Evidence(
                list(page, EvidenceCodec::readTrace),
                list(page, from -> new Contributor(from.text(), from.text(), from.number(), from.real())),
                list(
                        page,
                        from -> new RootCauseShare(
                                from.text(),
                                from.text(),
                                RootCause.Kind.valueOf(from.text()),
                                from.number(),
                                from.real())),
                list(page, EvidenceCodec::readLog));
    }

    public static void writeTrace(PageWriter page, TraceExample trace) {
        page.text(trace.traceId()).text(trace.service());
        optional(page, trace.route());
        page.number(trace.status()).number(trace.durationNanos()).flag(trace.error());
    }

    public static TraceExample readTrace(PageReader page) {
        return new TraceExample(
                page.text(), page.text(), optional(page), (int) page.number(), page.number(), page.flag());
    }

    public static void writeLog(PageWriter page, LogLine log) {
        optional(page, log.traceId());
        optional(page, log.service());
        optional(page, log.severity());
        page.text(log.body());
    }

    public static LogLine readLog(PageReader page) {
        return new LogLine(optional(page), optional(page), optional(page), page.text());
    }

    static void optional(PageWriter page, Optional<String> text) {
        page.flag(text.isPresent());
        text.ifPresent(page::text);
    }

    static Optional<String> optional(PageReader page) {
        return page.flag() ? Optional.of(page.text()) : Optional.empty();
    }

    static <T> void list(PageWriter page, List<T> list, BiConsumer<PageWriter, T> how) {
        page.number(list.size());
        list.forEach(each -> how.accept(page, each));
    }

    static <T> List<T> list(PageReader page, Function<PageReader, T> how) {
        int size = page.count();
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(how.apply(page));
        }
        return list;
    }
}
