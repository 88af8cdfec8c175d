package dev.plait.ingest.prometheus;

import dev.plait.schemas.wire.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what is around the samples of a body: symbols, declared types, the labels of a series, its start. Breaks of the encoding
 * leave as {@link dev.plait.schemas.wire.Malformed}; references to symbols that are not there as {@link BadSeries}.
 */
final class SeriesReader {
    private static final int LABELS = 1;
    private static final int V1_METADATA = 3;
    private static final int V2_SYMBOLS = 4;
    private static final int V2_METADATA = 5;
    private static final int V2_CREATED = 6;

    private final byte[] body;
    private final WriteVersion version;
    private final Slices symbols = new Slices();
    private final Map<String, MetricType> types = new HashMap<>();
    private final Series series;
    private final ProtoReader outer = new ProtoReader();
    private final ProtoReader inner = new ProtoReader();
    private MetricType declared = MetricType.UNKNOWN;
    private long unit;
    private long createdMs;

    SeriesReader(byte[] body, WriteVersion version) {
        this.body = body;
        this.version = version;
        this.series = new Series(body);
        outer.reset(body, 0, body.length);
        while (outer.hasNext()) {
            int tag = outer.tag();
            int field = ProtoReader.field(tag);
            if (version == WriteVersion.V2 && field == V2_SYMBOLS) {
                outer.expect(tag, ProtoReader.LEN);
                int length = outer.length();
                symbols.add(outer.position(), length);
                outer.advance(length);
            } else if (version == WriteVersion.V1 && field == V1_METADATA) {
                outer.expect(tag, ProtoReader.LEN);
                int length = outer.length();
                declare(inner.reset(body, outer.position(), length));
                outer.advance(length);
            } else {
                outer.skip(tag);
            }
        }
    }

    /** A series that cannot be what it says; the others of its body can. */
    static final class BadSeries extends Exception {
        private static final long serialVersionUID = 1L;

        BadSeries(String detail) {
            super(detail, null, false, false);
        }
    }

    /** Reads labels, type and start of the series at {@code [offset, offset + length)}. */
    Series read(int offset, int length) throws BadSeries {
        series.clear();
        declared = MetricType.UNKNOWN;
        unit = 0;
        createdMs = 0;
        outer.reset(body, offset, length);
        while (outer.hasNext()) {
            int tag = outer.tag();
            int field = ProtoReader.field(tag);
            if (field == LABELS) {
                labels(outer, tag, series);
            } else if (version == WriteVersion.V2 && field == V2_METADATA) {
                outer.expect(tag, ProtoReader.LEN);
                int size = outer.length();
                metadata(inner.reset(body, outer.position(), size));
                outer.advance(size);
            } else if (version == WriteVersion.V2 && field == V2_CREATED) {
                outer.expect(tag, ProtoReader.VARINT);
                createdMs = outer.varint();
            } else {
                outer.skip(tag);
            }
        }
        String complaint = series.complaint().orElse("");
        if (!complaint.isEmpty()) {
            throw new BadSeries(complaint);
        }
        if (declared == MetricType.UNKNOWN && !types.isEmpty()) {
            declared = typeOf(series.name());
        }
        if (declared == MetricType.UNKNOWN && !series.type().isEmpty()) {
            declared = MetricType.of(series.type());
        }
        return series;
    }

    MetricType declared() {
        return declared;
    }

    long createdMs() {
        return createdMs;
    }

    /** The unit's symbol; -1: none. */
    int unitSymbol() {
        return unit > 0 && unit < symbols.size() ? (int) unit : -1;
    }

    Slices symbols() {
        return symbols;
    }

    /** Labels of a series or of an exemplar: messages in version 1, pairs of references in version 2. */
    void labels(ProtoReader in, int tag, Series to) throws BadSeries {
        if (version == WriteVersion.V2 && ProtoReader.wireType(tag) == ProtoReader.VARINT) {
            throw new BadSeries("references to symbols that are not packed");
        }
        in.expect(tag, ProtoReader.LEN);
        int length = in.length();
        inner.reset(body, in.position(), length);
        in.advance(length);
        if (version == WriteVersion.V1) {
            to.read(inner);
            return;
        }
        while (inner.hasNext()) {
            int name = symbol(inner.varint());
            if (!inner.hasNext()) {
                throw new BadSeries("a label without a value");
            }
            int value = symbol(inner.varint());
            to.label(symbols.offset(name), symbols.length(name), symbols.offset(value), symbols.length(value));
        }
    }

    private int symbol(long reference) throws BadSeries {
        if (reference < 0 || reference >= symbols.size()) {
            throw new BadSeries("symbol " + Long.toUnsignedString(reference) + " of " + symbols.size());
        }
        return (int) reference;
    }

    /** Version 2, of one series: type 1, unit 4. */
    private void metadata(ProtoReader in) {
        while (in.hasNext()) {
            int tag = in.tag();
            if (tag == (1 << 3 | ProtoReader.VARINT)) {
                declared = MetricType.of(in.varint());
            } else if (tag == (4 << 3 | ProtoReader.VARINT)) {
                unit = in.varint();
            } else {
                in.skip(tag);
            }
        }
    }

    /** Version 1, of a family: type 1, name 2. */
    private void declare(ProtoReader in) {
        MetricType type = MetricType.UNKNOWN;
        String family = "";
        while (in.hasNext()) {
            int tag = in.tag();
            if (tag == (1 << 3 | ProtoReader.VARINT)) {
                type = MetricType.of(in.varint());
            } else if (tag == (2 << 3 | ProtoReader.LEN)) {
                int length = in.length();
                family = new String(body, in.position(), length, StandardCharsets.UTF_8);
                in.advance(length);
            } else {
                in.skip(tag);
            }
        }
        types.put(family, type);
    }

    /** A family's type is declared under its name, and its series may have a suffix. */
    private MetricType typeOf(String name) {
        MetricType whole = types.get(name);
        int suffix = name.lastIndexOf('_');
        if (whole != null || suffix < 0) {
            return whole == null ? MetricType.UNKNOWN : whole;
        }
        return types.getOrDefault(name.substring(0, suffix), MetricType.UNKNOWN);
    }
}
