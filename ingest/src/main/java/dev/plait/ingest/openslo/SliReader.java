package dev.plait.ingest.openslo;

import dev.plait.ingest.openslo.OpenSloObject.Kind;
import dev.plait.schemas.model.RequestSource;
import dev.plait.schemas.model.SloBounds;
import dev.plait.schemas.model.SloDefinition.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads SLIs whose metric sources are of type {@code plait}: a ratio of good or bad to total, which must be of one source, or a
 * threshold on the duration.
 */
final class SliReader {
    /** How Prometheus names the series of a classic histogram, each of which counts what is not above its bound. */
    private static final String BUCKETS = "_bucket";

    private static final String TYPE = "plait";
    private static final String SOURCES = "gateway-log, mesh-log, span or metric";

    private final Catalog catalog;
    private final Problems problems;
    private final Map<OpenSloObject, Optional<Sli>> read = new HashMap<>();

    SliReader(Catalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    /** What one {@code metricSource} says. */
    private record Part(RequestSource source, Optional<String> metric, Filter filter, Optional<Sli.Text> text) {}

    /** Empty when there was a problem, which is noted once. */
    Optional<Sli> read(OpenSloObject object) {
        Optional<Sli> known = read.get(object);
        if (known == null) {
            int before = problems.count();
            Optional<Sli> sli = sli(object);
            known = problems.count() == before ? sli : Optional.empty();
            read.put(object, known);
        }
        return known;
    }

    private Optional<Sli> sli(OpenSloObject object) {
        object.checkAnnotations(Set.of());
        Fields spec = object.spec();
        spec.ignore("description");
        boolean ratio = spec.has("ratioMetric");
        boolean threshold = spec.has("thresholdMetric");
        spec.end();
        if (ratio == threshold) {
            spec.problem("", (ratio ? "both are" : "neither is") + " given; expected ratioMetric or thresholdMetric");
            return Optional.empty();
        }
        return ratio
                ? spec.object("ratioMetric", "a mapping with total and good or bad")
                        .flatMap(this::ratio)
                : spec.object("thresholdMetric", "a mapping with metricSource").flatMap(this::threshold);
    }

    private Optional<Sli> threshold(Fields metric) {
        Optional<Part> part = part(metric);
        metric.end();
        return part.map(all -> new Sli(
                all.source,
                all.metric,
                all.filter,
                Optional.empty(),
                false,
                all.text.stream().toList()));
    }

    private Optional<Sli> ratio(Fields metric) {
        boolean good = metric.has("good");
        boolean bad = metric.has("bad");
        if (metric.has("raw") || metric.has("rawType")) {
            metric.problem(
                    metric.has("raw") ? "raw" : "rawType",
                    "a ratio that was made elsewhere cannot be counted; expected total and good or bad");
        } else if (good == bad) {
            metric.problem("", (good ? "both are" : "neither is") + " given; expected good or bad");
        }
        if (!metric.truth("counter", true)) {
            metric.wrong("counter", "true: requests are counted");
        }
        Optional<Part> total =
                metric.object("total", "a mapping with metricSource").flatMap(this::only);
        Optional<Part> match = good != bad
                ? metric.object(good ? "good" : "bad", "a mapping with metricSource")
                        .flatMap(this::only)
                : Optional.empty();
        metric.end();
        if (total.isEmpty() || match.isEmpty()) {
            return Optional.empty();
        }
        if (total.get().source != match.get().source || !total.get().metric.equals(match.get().metric)) {
            metric.problem(
                    good ? "good" : "bad",
                    shown(match.get()) + "; expected the source of total, " + shown(total.get())
                            + ": both are counted over the same requests");
        }
        List<Sli.Text> texts = new ArrayList<>();
        total.get().text.ifPresent(texts::add);
        match.get().text.ifPresent(texts::add);
        return Optional.of(new Sli(
                total.get().source,
                total.get().metric,
                total.get().filter,
                Optional.of(match.get().filter),
                bad,
                texts));
    }

    private static String shown(Part part) {
        return part.source.label() + part.metric.map(name -> " " + name).orElse("");
    }

    private Optional<Part> only(Fields holder) {
        Optional<Part> part = part(holder);
        holder.end();
        return part;
    }

    private Optional<Part> part(Fields holder) {
        Optional<Fields> source = holder.object("metricSource", "a mapping with type and spec");
        if (source.isEmpty()) {
            return Optional.empty();
        }
        checkType(source.get());
        Optional<Fields> spec = source.get().object("spec", "a mapping with source");
        source.get().end();
        return spec.flatMap(this::filter);
    }

    private void checkType(Fields source) {
        Optional<String> type = source.optionalText("type", TYPE);
        if (source.has("metricSourceRef")) {
            Optional<OpenSloObject> found = catalog.find(Kind.DATA_SOURCE, source, "metricSourceRef");
            if (type.isEmpty()) {
                type = found.flatMap(DataSources::type);
                if (type.isPresent() && !type.get().equals(TYPE)) {
                    source.problem(
                            "metricSourceRef", "is of type " + type.get() + "; expected a DataSource of type " + TYPE);
                }
                return;
            }
        }
        if (type.isEmpty() || !type.get().equals(TYPE)) {
            source.wrong("type", TYPE);
        }
    }

    private Optional<Part> filter(Fields spec) {
        Optional<RequestSource> source = spec.text("source", SOURCES).flatMap(RequestSource::ofLabel);
        if (source.isEmpty() && spec.has("source")) {
            spec.wrong("source", SOURCES);
        }
        Optional<String> metric = Optional.empty();
        if (source.filter(RequestSource.METRIC::equals).isPresent()) {
            metric = spec.text("metric", "the name of a sum or a histogram");
            if (metric.filter(name -> name.endsWith(BUCKETS)).isPresent()) {
                spec.wrong("metric", "a histogram, or its _count: a bucket's requests are in all above it, too");
            }
        } else if (spec.has("metric") && source.isPresent()) {
            spec.problem("metric", "is only for source: metric");
        }
        Optional<String> where = spec.optionalText("where", "a CEL expression");
        if (where.isPresent() && where.get().length() > SloBounds.MAX_TEXT) {
            spec.problem("where", where.get().length() + " characters; expected at most " + SloBounds.MAX_TEXT);
        }
        OptionalLong most = spec.has("max-duration")
                ? spec.durationNanos("max-duration", "a duration such as 300ms or 2s")
                : OptionalLong.empty();
        spec.end();
        Optional<Sli.Text> text =
                where.map(one -> new Sli.Text(one, spec.file(), spec.line("where"), spec.path("where")));
        Optional<String> name = metric;
        return source.filter(one -> where.orElse("").length() <= SloBounds.MAX_TEXT)
                .map(one -> new Part(one, name, new Filter(where.orElse(""), most.orElse(Long.MAX_VALUE)), text));
    }
}
