package dev.plait.ingest.prometheus;

import dev.plait.ingest.prometheus.SeriesReader.BadSeries;
import dev.plait.schemas.wire.ProtoReader;
import dev.plait.schemas.wire.ProtoWriter;

/**
 * Writes one series as one OTLP metric with a point per sample. A series that changes its kind, from samples to histograms or
 * between the two kinds of these, becomes a metric of each, in a request of each. Exemplars go to the last point; a series that
 * holds nothing else, as Prometheus sends them, becomes a point without a recorded value that carries them. A stale marker
 * becomes a point without a recorded value.
 */
final class MetricWriter {
    /** Attributes of one series; a larger one is refused, since every point repeats them. */
    static final int MAX_ATTRIBUTE_BYTES = 64 * 1024;

    /** How many requests there are: of samples, of native histograms, of those with bounds of their own. */
    static final int REQUESTS = 3;

    private static final int NUMBERS = 0;
    private static final int NATIVE = 1;
    private static final int CUSTOM = 2;

    private static final int GAUGE = 5;
    private static final int SUM = 7;
    private static final int HISTOGRAM = 9;
    private static final int EXPONENTIAL = 10;
    private static final int SAMPLES = 2;
    private static final int CUMULATIVE = 2;
    private static final int NO_RECORDED_VALUE = 1;
    private static final int NUMBER_ATTRIBUTES = 7;

    private final byte[] body;
    private final WriteVersion version;
    private final SeriesReader reader;
    private final MetricsRequest[] requests;
    private final ExemplarReader exemplarReader;
    private final NativeHistogram histogram = new NativeHistogram();
    private final ProtoReader in = new ProtoReader();
    private final ProtoReader sample = new ProtoReader();
    private final Slices samples = new Slices();
    private final Slices natives = new Slices();
    private final boolean[] ofKind = new boolean[REQUESTS];
    private final Slices exemplars = new Slices();
    private final ProtoWriter attributes = new ProtoWriter();

    MetricWriter(byte[] body, WriteVersion version, SeriesReader reader, MetricsRequest[] requests) {
        this.body = body;
        this.version = version;
        this.reader = reader;
        this.requests = requests;
        this.exemplarReader = new ExemplarReader(body, reader);
    }

    /**
     * Writes the series at {@code [offset, offset + length)}; answers in which requests, by bits of their numbers. 0: there was
     * nothing to write.
     */
    int write(int offset, int length) throws BadSeries {
        find(offset, length);
        Series series = reader.read(offset, length);
        ofKind[NUMBERS] = samples.size() > 0 || natives.size() == 0 && exemplars.size() > 0;
        kinds();
        int written = 0;
        int[] metrics = new int[REQUESTS];
        try {
            for (int kind = 0; kind < REQUESTS; kind++) {
                if (ofKind[kind]) {
                    metrics[kind] = requests[kind].begin(series);
                    written |= 1 << kind;
                    metric(series, kind);
                    requests[kind].end(metrics[kind]);
                }
            }
        } catch (BadSeries bad) {
            for (int kind = 0; kind < REQUESTS; kind++) {
                if ((written & 1 << kind) != 0) {
                    requests[kind].drop(metrics[kind]);
                }
            }
            throw bad;
        }
        return written;
    }

    /** Where samples, histograms and exemplars are. */
    private void find(int offset, int length) {
        samples.clear();
        natives.clear();
        exemplars.clear();
        in.reset(body, offset, length);
        while (in.hasNext()) {
            int tag = in.tag();
            int field = ProtoReader.field(tag);
            boolean histogramField = field == version.histograms();
            if (field != SAMPLES && !histogramField && field != version.exemplars()) {
                in.skip(tag);
                continue;
            }
            in.expect(tag, ProtoReader.LEN);
            int size = in.length();
            Slices list = field == SAMPLES ? samples : histogramField ? natives : exemplars;
            list.add(in.position(), size);
            in.advance(size);
        }
    }

    /** Which kinds of native histograms there are. */
    private void kinds() throws BadSeries {
        ofKind[NATIVE] = false;
        ofKind[CUSTOM] = false;
        for (int i = 0; i < natives.size(); i++) {
            histogram.read(body, natives.offset(i), natives.length(i));
            ofKind[kind()] = true;
        }
    }

    /** A gauge histogram counts nothing: as a point without a value it is one of the gauges. */
    private int kind() {
        if (histogram.isGauge() || reader.declared() == MetricType.GAUGE_HISTOGRAM) {
            return NUMBERS;
        }
        return histogram.schema() == NativeHistogram.CUSTOM_BOUNDS ? CUSTOM : NATIVE;
    }

    private void metric(Series series, int kind) throws BadSeries {
        ProtoWriter out = requests[kind].out();
        String name = series.name();
        out.bytes(
                1,
                body,
                series.values().offset(series.nameIndex()),
                series.values().length(series.nameIndex()));
        int unit = reader.unitSymbol();
        if (unit >= 0) {
            out.bytes(3, body, reader.symbols().offset(unit), reader.symbols().length(unit));
        } else if (series.unitIndex() >= 0) {
            int label = series.unitIndex();
            out.bytes(3, body, series.values().offset(label), series.values().length(label));
        }
        if (kind != NUMBERS) {
            nativePoints(series, kind, out);
            return;
        }
        attributes(series, NUMBER_ATTRIBUTES);
        SeriesShape shape = SeriesShape.of(reader.declared(), name, series.hasQuantile());
        int data = out.begin(shape == SeriesShape.GAUGE ? GAUGE : SUM);
        numberPoints(out);
        if (shape != SeriesShape.GAUGE) {
            out.varint(2, CUMULATIVE);
            out.varint(3, shape == SeriesShape.COUNTER ? 1 : 0);
        }
        out.end(data);
    }

    private void attributes(Series series, int field) throws BadSeries {
        attributes.clear();
        for (int i = 0; i < series.labels(); i++) {
            if (!series.isAttribute(i)) {
                continue;
            }
            int size = series.names().length(i) + series.values().length(i);
            if (attributes.size() + size > MAX_ATTRIBUTE_BYTES) {
                throw new BadSeries("a series with more than " + MAX_ATTRIBUTE_BYTES + " bytes of labels");
            }
            MetricsRequest.attribute(
                    attributes,
                    field,
                    body,
                    series.names().offset(i),
                    series.names().length(i),
                    body,
                    series.values().offset(i),
                    series.values().length(i));
        }
    }

    private void numberPoints(ProtoWriter out) throws BadSeries {
        for (int i = 0; i < samples.size(); i++) {
            double value = 0;
            long timestampMs = 0;
            long startMs = reader.createdMs();
            sample.reset(body, samples.offset(i), samples.length(i));
            while (sample.hasNext()) {
                int tag = sample.tag();
                switch (tag) {
                    case 1 << 3 | ProtoReader.FIXED64 -> value = Double.longBitsToDouble(sample.fixed64());
                    case 2 << 3 -> timestampMs = sample.varint();
                    case 3 << 3 -> startMs = sample.varint();
                    default -> sample.skip(tag);
                }
            }
            number(value, PointTime.nanos(timestampMs), PointTime.nanosOrZero(startMs), i == samples.size() - 1, out);
        }
        if (samples.size() == 0) {
            number(Double.longBitsToDouble(NativeHistogram.STALE_NAN), 0, 0, true, out);
        }
    }

    private void number(double value, long timeNanos, long startNanos, boolean last, ProtoWriter out) throws BadSeries {
        int point = out.begin(1);
        out.fixed64(2, startNanos);
        out.fixed64(3, timeNanos);
        if (Double.doubleToRawLongBits(value) == NativeHistogram.STALE_NAN) {
            out.varint(8, NO_RECORDED_VALUE);
        } else {
            out.doubleValue(4, value);
        }
        if (last) {
            exemplars(5, out);
        }
        out.raw(attributes.bytes(), 0, attributes.size());
        out.end(point);
    }

    private void exemplars(int field, ProtoWriter out) throws BadSeries {
        for (int i = 0; i < exemplars.size(); i++) {
            exemplarReader.rewrite(exemplars.offset(i), exemplars.length(i), field, out);
        }
    }

    /** The points of one kind, since a metric has one of OTLP's two kinds of histograms. */
    private void nativePoints(Series series, int kind, ProtoWriter out) throws BadSeries {
        boolean custom = kind == CUSTOM;
        // exemplars once: with the samples, else with the last histogram of all
        boolean exemplary = !ofKind[NUMBERS];
        attributes(series, custom ? 9 : 1);
        int data = out.begin(custom ? HISTOGRAM : EXPONENTIAL);
        for (int i = 0; i < natives.size(); i++) {
            histogram.read(body, natives.offset(i), natives.length(i));
            if (kind() != kind) {
                continue;
            }
            int point = out.begin(1);
            HistogramWriter.write(out, histogram, PointTime.nanos(histogram.timestampMs()), start(), custom);
            if (exemplary && i == natives.size() - 1) {
                exemplars(custom ? 8 : 11, out);
            }
            out.raw(attributes.bytes(), 0, attributes.size());
            out.end(point);
        }
        out.varint(2, CUMULATIVE);
        out.end(data);
    }

    private long start() {
        return PointTime.nanosOrZero(histogram.startMs() != 0 ? histogram.startMs() : reader.createdMs());
    }
}
