package dev.plait.ingest.prometheus;

import dev.plait.schemas.wire.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The labels of one series as slices of the body, and what they say: name, target, whether they can be right. Reused for the
 * next series by {@link #clear}. Source: remote write 1.0 and 2.0, "Labels".
 */
final class Series {
    private static final byte[] NAME = ascii("__name__");
    private static final byte[] JOB = ascii("job");
    private static final byte[] INSTANCE = ascii("instance");
    private static final byte[] QUANTILE = ascii("quantile");
    private static final byte[] TYPE = ascii("__type__");
    private static final byte[] UNIT = ascii("__unit__");
    private static final byte[] SCOPE_NAME = ascii("otel_scope_name");
    private static final byte[] SCOPE_VERSION = ascii("otel_scope_version");

    /** More labels than any Prometheus accepts by default. */
    private static final int MAX_LABELS = 1024;

    private final byte[] body;
    private final Slices names = new Slices();
    private final Slices values = new Slices();
    private int name = -1;
    private int job = -1;
    private int instance = -1;
    private int type = -1;
    private int unit = -1;
    private int scopeName = -1;
    private int scopeVersion = -1;
    private boolean quantile;

    Series(byte[] body) {
        this.body = body;
    }

    void clear() {
        names.clear();
        values.clear();
        name = -1;
        job = -1;
        instance = -1;
        type = -1;
        unit = -1;
        scopeName = -1;
        scopeVersion = -1;
        quantile = false;
    }

    void label(int nameOffset, int nameLength, int valueOffset, int valueLength) {
        int index = names.size();
        names.add(nameOffset, nameLength);
        values.add(valueOffset, valueLength);
        if (is(NAME, nameOffset, nameLength)) {
            name = index;
        } else if (is(JOB, nameOffset, nameLength)) {
            job = index;
        } else if (is(INSTANCE, nameOffset, nameLength)) {
            instance = index;
        } else if (is(TYPE, nameOffset, nameLength)) {
            type = index;
        } else if (is(UNIT, nameOffset, nameLength)) {
            unit = index;
        } else if (is(SCOPE_NAME, nameOffset, nameLength)) {
            scopeName = index;
        } else if (is(SCOPE_VERSION, nameOffset, nameLength)) {
            scopeVersion = index;
        } else {
            quantile |= is(QUANTILE, nameOffset, nameLength);
        }
    }

    /** What is wrong with the labels, if anything. The protocol wants them sorted; only that none is there twice matters here. */
    Optional<String> complaint() {
        if (name < 0 || values.length(name) == 0) {
            return Optional.of("a series without a name");
        }
        if (names.size() > MAX_LABELS) {
            return Optional.of("a series of " + names.size() + " labels");
        }
        boolean ascending = true;
        for (int i = 0; i < names.size(); i++) {
            if (names.length(i) == 0) {
                return Optional.of("a label without a name");
            }
            ascending &= i == 0 || compare(i - 1, i) < 0;
        }
        return ascending || areDistinct() ? Optional.empty() : Optional.of("a label that is there twice");
    }

    private boolean areDistinct() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(new String(body, names.offset(i), names.length(i), StandardCharsets.ISO_8859_1))) {
                return false;
            }
        }
        return true;
    }

    int labels() {
        return names.size();
    }

    /** Whether the label is an attribute of the points, and tells nothing of the metric, target or scope. One without a value is none. */
    boolean isAttribute(int label) {
        return label != name
                && label != job
                && label != instance
                && label != type
                && label != unit
                && label != scopeName
                && label != scopeVersion
                && values.length(label) > 0;
    }

    Slices names() {
        return names;
    }

    Slices values() {
        return values;
    }

    /** The metric's name. */
    String name() {
        return new String(body, values.offset(name), values.length(name), StandardCharsets.UTF_8);
    }

    int nameIndex() {
        return name;
    }

    /** -1: no such label. */
    int jobIndex() {
        return job;
    }

    /** -1: no such label. */
    int instanceIndex() {
        return instance;
    }

    /** What the label of the type says, as Prometheus adds it if it is told to; empty without. */
    String type() {
        return type < 0 ? "" : new String(body, values.offset(type), values.length(type), StandardCharsets.UTF_8);
    }

    /** -1: no such label. */
    int unitIndex() {
        return unit;
    }

    /** -1: no such label. */
    int scopeNameIndex() {
        return scopeName;
    }

    /** -1: no such label. */
    int scopeVersionIndex() {
        return scopeVersion;
    }

    boolean hasQuantile() {
        return quantile;
    }

    /** Reads a message of a label: name 1, value 2. */
    void read(ProtoReader label) {
        int nameOffset = 0;
        int nameLength = 0;
        int valueOffset = 0;
        int valueLength = 0;
        while (label.hasNext()) {
            int tag = label.tag();
            int field = ProtoReader.field(tag);
            if (field != 1 && field != 2) {
                label.skip(tag);
                continue;
            }
            label.expect(tag, ProtoReader.LEN);
            int length = label.length();
            if (field == 1) {
                nameOffset = label.position();
                nameLength = length;
            } else {
                valueOffset = label.position();
                valueLength = length;
            }
            label.advance(length);
        }
        label(nameOffset, nameLength, valueOffset, valueLength);
    }

    private int compare(int one, int other) {
        return Arrays.compareUnsigned(
                body,
                names.offset(one),
                names.offset(one) + names.length(one),
                body,
                names.offset(other),
                names.offset(other) + names.length(other));
    }

    private boolean is(byte[] word, int offset, int length) {
        return length == word.length && Arrays.equals(body, offset, offset + length, word, 0, length);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
