package dev.plait.ingest.envoy;

import dev.plait.ingest.accesslog.Problem;
import dev.plait.schemas.wire.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the entries of an OTLP map, or the attributes of a log, as {@link JsonLine} reads the members of an object: those with a
 * configured or known name are columns, others become attributes, of maps in maps by their path. Lists are left out.
 */
final class OtlpMembers {
    private static final int ENTRY = 1 << 3 | ProtoReader.LEN;
    private static final int KEY = 1 << 3 | ProtoReader.LEN;
    private static final int VALUE = 2 << 3 | ProtoReader.LEN;
    private static final int STRING = 1 << 3 | ProtoReader.LEN;
    private static final int BOOL = 2 << 3 | ProtoReader.VARINT;
    private static final int INT = 3 << 3 | ProtoReader.VARINT;
    private static final int DOUBLE = 4 << 3 | ProtoReader.FIXED64;
    private static final int MAP = 6 << 3 | ProtoReader.LEN;

    private final MeshLog log;
    private final Map<String, Column> columns;
    private final Map<String, TextFormat> members;
    private int marks;
    private Optional<Problem> misfit = Optional.empty();

    OtlpMembers(MeshLog log, MeshFormat format) {
        this.log = log;
        columns = format.columns();
        members = format.members();
    }

    void clear() {
        marks = 0;
        misfit = Optional.empty();
    }

    /** How many tell an access log from other logs, since {@link #clear}. */
    int marks() {
        return marks;
    }

    /** Which does not fit its configured format, if one does not. */
    Optional<Problem> misfit() {
        return misfit;
    }

    /** Takes a KeyValue, from its length on. */
    void entry(ProtoReader in) {
        entry(in, "", 1);
    }

    /** Takes a KeyValueList, from its length on. */
    void entries(ProtoReader in) {
        entries(in, "", 1);
    }

    private void entries(ProtoReader in, String prefix, int depth) {
        int end = in.length() + in.position();
        while (in.position() < end) {
            int tag = in.tag();
            if (tag == ENTRY) {
                entry(in, prefix, depth);
            } else {
                in.skip(tag);
            }
        }
    }

    private void entry(ProtoReader in, String prefix, int depth) {
        int end = in.length() + in.position();
        String key = "";
        int value = -1;
        while (in.position() < end) {
            int tag = in.tag();
            if (tag == KEY) {
                key = new String(text(in), StandardCharsets.UTF_8);
            } else if (tag == VALUE) {
                value = in.position();
                in.skip(tag);
            } else {
                in.skip(tag);
            }
        }
        if (value >= 0) {
            value(new ProtoReader().reset(in.bytes(), value, end - value), prefix + key, depth);
        }
    }

    /** The value of an AnyValue: a scalar as text, the entries of a map under longer paths. */
    private void value(ProtoReader in, String path, int depth) {
        int end = in.length() + in.position();
        byte[] value = new byte[0];
        while (in.position() < end) {
            int tag = in.tag();
            switch (tag) {
                case STRING -> value = text(in);
                case BOOL -> value = ascii(Boolean.toString(in.varint() != 0));
                case INT -> value = ascii(Long.toString(in.varint()));
                case DOUBLE -> value = ascii(Double.toString(Double.longBitsToDouble(in.fixed64())));
                case MAP -> {
                    if (log.others().hasRoomIn(path, depth)) {
                        entries(in, path + '.', depth + 1);
                    } else {
                        in.skip(tag);
                    }
                }
                default -> in.skip(tag);
            }
        }
        set(path, value);
    }

    private void set(String path, byte[] value) {
        int to = value.length;
        boolean quoted = to > 1 && value[0] == '"' && value[to - 1] == '"';
        Column column = columns.get(path);
        TextFormat member = members.get(path);
        if (member != null && to > 0) {
            marks += JsonLine.MARKS;
            misfit = misfit.or(() -> member.read(log, value, 0, to));
        } else if (column != null) {
            marks += JsonLine.isMark(column) ? 1 : 0;
            log.set(column, value, quoted ? 1 : 0, quoted ? to - 1 : to);
        } else {
            log.others().text(JsonKeys.attribute(path), value, 0, to);
        }
    }

    private static byte[] text(ProtoReader in) {
        int size = in.length();
        byte[] text = new byte[size];
        System.arraycopy(in.bytes(), in.position(), text, 0, size);
        in.advance(size);
        return text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
