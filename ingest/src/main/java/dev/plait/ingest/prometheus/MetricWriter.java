package dev.plait.ingest.prometheus;

import dev.plait.ingest.prometheus.SeriesReader.BadSeries;
import dev.plait.schemas.wire.ProtoReader;
import dev.plait.schemas.wire.ProtoWriter;

/**
 * Writes one series as one OTLP metric with a point per sample. Exemplars go to the last point; a series that holds nothing
 * else, as Prometheus sends them, becomes a point without a recorded value that carries them. A stale marker becomes a point
 * without a recorded value.
 */
final class MetricWriter {
    /** Attributes of one series; a larger one is refused, since every point repeats them. */
    static final int MAX_ATTRIBUTE_BYTES = 64 * 1024;

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
    private final MetricsRequest request;
    private final ExemplarReader exemplarReader;
    private final HistogramWriter histograms;
    private final NativeHistogram histogram = new NativeHistogram();
    private final ProtoReader in = new ProtoReader();
    private final ProtoReader sample = new ProtoReader();
    private final Slices samples = new Slices();
    private final Slices natives = new Slices();
    private final Slices exemplars = new Slices();
    private final ProtoWriter attributes = new ProtoWriter();

    MetricWriter(byte[] body, WriteVersion version, SeriesReader reader, MetricsRequest request) {
        this.body = body;
        this.version = version;
        this.reader = reader;
        this.request = request;
        this.exemplarReader = new ExemplarReader(body, reader);
        this.histograms = new HistogramWriter(request.out());
    }

    /** Writes the series at {@code [offset, offset + length)}; answers whether there was anything to write. */
    boolean write(int offset, int length) throws BadSeries {
        find(offset, length);
        Series series = reader.read(offset, length);
        if (samples.size() + natives.size() + exemplars.size() == 0) {
            return false;
        }
        if (samples.size() > 0 && natives.size() > 0) {
            throw new BadSeries("a series with samples and histograms");
        }
        int metric = request.begin(series);
        try {
            metric(series);
        } catch (BadSeries bad) {
            request.drop(metric);
            throw bad;
        }
        request.end(metric);
        return true;
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

    private void metric(Series series) throws BadSeries {
        ProtoWriter out = request.out();
        String name = series.name();
        out.bytes(
                1,
                body,
                series.values().offset(series.nameIndex()),
                series.values().length(series.nameIndex()));
        int unit = reader.unitSymbol();
        if (unit >= 0) {
            out.bytes(3, body, reader.symbols().offset(unit), reader.symbols().length(unit));
        }
        if (natives.size() > 0) {
            nativePoints(series);
            return;
        }
        attributes(series, NUMBER_ATTRIBUTES);
        SeriesShape shape = SeriesShape.of(reader.declared(), name, series.hasQuantile());
        int data = out.begin(shape == SeriesShape.GAUGE ? GAUGE : SUM);
        numberPoints();
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

    private void numberPoints() throws BadSeries {
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
            number(value, PointTime.nanos(timestampMs), PointTime.nanosOrZero(startMs), i == samples.size() - 1);
        }
        if (samples.size() == 0) {
            number(Double.longBitsToDouble(NativeHistogram.STALE_NAN), 0, 0, true);
        }
    }

    private void number(double value, long timeNanos, long startNanos, boolean last) throws BadSeries {
        ProtoWriter out = request.out();
        int point = out.begin(1);
        out.fixed64(2, startNanos);
        out.fixed64(3, timeNanos);
        if (Double.doubleToRawLongBits(value) == NativeHistogram.STALE_NAN) {
            out.varint(8, NO_RECORDED_VALUE);
        } else {
            out.doubleValue(4, value);
        }
        if (last) {
            exemplars(5);
        }
        out.raw(attributes.bytes(), 0, attributes.size());
        out.end(point);
    }

    private void exemplars(int field) throws BadSeries {
        for (int i = 0; i < exemplars.size(); i++) {
            exemplarReader.rewrite(exemplars.offset(i), exemplars.length(i), field, request.out());
        }
    }

    /** All of one schema and kind, since a metric has one of OTLP's two kinds of histograms. */
    private void nativePoints(Series series) throws BadSeries {
        ProtoWriter out = request.out();
        histogram.read(body, natives.offset(0), natives.length(0));
        boolean custom = histogram.schema() == NativeHistogram.CUSTOM_BOUNDS;
        attributes(series, custom ? 9 : 1);
        int data = out.begin(custom ? HISTOGRAM : EXPONENTIAL);
        for (int i = 0; i < natives.size(); i++) {
            histogram.read(body, natives.offset(i), natives.length(i));
            if (custom != (histogram.schema() == NativeHistogram.CUSTOM_BOUNDS)) {
                throw new BadSeries("a series with histograms of two kinds");
            }
            if (histogram.isGauge()) {
                throw new BadSeries("a gauge histogram, which counts nothing");
            }
            int point = out.begin(1);
            histograms.write(histogram, PointTime.nanos(histogram.timestampMs()), start(), custom);
            if (i == natives.size() - 1) {
                exemplars(custom ? 8 : 11);
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
