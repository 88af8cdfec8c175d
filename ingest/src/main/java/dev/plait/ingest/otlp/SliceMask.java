package dev.plait.ingest.otlp;

import dev.plait.ingest.redact.Masks;
import dev.plait.ingest.redact.Redaction;
import dev.plait.ingest.redact.Redactor;
import dev.plait.ingest.redact.Treatment;
import dev.plait.schemas.wire.ProtoReader;
import dev.plait.schemas.wire.ProtoWriter;
import java.util.Arrays;

/**
 * Covers the secrets of one OTLP message with as many bytes, so that every length and offset in it stays right. The message
 * itself is not touched, as it belongs to whoever sent it: with the first secret it is copied. Bytes are known to be well
 * formed. Hot path: an item without secrets costs a look at each key, and no allocation.
 *
 * <p>Texts and bytes are covered; numbers are not, as they would have to become other numbers. Not thread safe.
 */
public final class SliceMask implements Masks {
    /** A copy that has grown beyond this is not kept for the next item. */
    private static final int KEEP_BYTES = 4 << 20;

    private static final int KEY = 1;
    private static final int TEXT_MEMBER = 1;
    private static final int TEXT_TAG = TEXT_MEMBER << 3 | ProtoReader.LEN;
    private static final int LIST_MEMBER = 5;
    private static final int MAP_MEMBER = 6;
    private static final int BYTES_MEMBER = 7;
    private static final int ENTRIES = 1;
    private static final int LOG_BODY = 5;
    private static final int LOG_ATTRIBUTE = 6;

    private final Redactor redactor;
    private final KeyTable keys;
    private byte[] bytes = new byte[0];
    private int offset;
    private int length;
    private byte[] copy = new byte[0];
    private final ProtoReader logFields = new ProtoReader();
    private final ProtoReader textFields = new ProtoReader();
    private int depth;
    private int secrets;

    public SliceMask(Redaction redaction) {
        this.redactor = new Redactor(redaction);
        this.keys = new KeyTable(redactor);
    }

    /** Starts a message. */
    SliceMask start(byte[] in, int at, int size) {
        bytes = in;
        offset = at;
        length = size;
        depth = 0;
        secrets = 0;
        return this;
    }

    /** How many secrets were found in the message. */
    int secrets() {
        return secrets;
    }

    /** The message with its secrets covered, at {@link #maskedOffset}; valid until the next one is started. */
    byte[] masked() {
        return secrets > 0 ? copy : bytes;
    }

    int maskedOffset() {
        return secrets > 0 ? 0 : offset;
    }

    int length() {
        return length;
    }

    /** A message of a type with attributes; itself when it holds no secret, else a new array. */
    byte[] covered(MessageType type, byte[] message) {
        start(message, 0, message.length).message(type, 0, message.length);
        return secrets > 0 ? Arrays.copyOf(copy, length) : message;
    }

    /** An OTLP {@code LogRecord} that was written anew: its body, and its attributes. */
    SliceMask log(ProtoWriter log) {
        start(log.bytes(), 0, log.size());
        ProtoReader in = logFields.reset(bytes, 0, length);
        while (in.hasNext()) {
            int tag = in.tag();
            int size = lengthOf(in, tag);
            switch (ProtoReader.field(tag)) {
                case LOG_BODY -> body(in.position(), size);
                case LOG_ATTRIBUTE -> keyValue(in.position(), size, Treatment.TEXT);
                default -> {
                    // times, numbers and IDs
                }
            }
            in.advance(size);
        }
        return this;
    }

    /** An OTLP {@code Metric} that was written anew. */
    SliceMask metric(ProtoWriter metric) {
        start(metric.bytes(), 0, metric.size()).message(OtlpSchema.METRIC, 0, metric.size());
        return this;
    }

    /** An attribute that was just read; answers which key it has. */
    KnownKey attribute(AttributeReader attribute, int at, int size) {
        KeyTable.Entry key = keys.of(bytes, attribute.keyOffset(), attribute.keyLength());
        if (!attribute.isPlain()) {
            keyValue(at, size, Treatment.TEXT);
        } else if (attribute.kind() == AttributeReader.STRING) {
            text(attribute.offset(), attribute.length(), key.treatment());
        }
        return key.known();
    }

    /** A text without a key: a name, a message. */
    void text(int at, int size) {
        text(at, size, Treatment.TEXT);
    }

    /** An AnyValue without a key: a body. */
    void body(int at, int size) {
        value(at, size, Treatment.TEXT);
    }

    /** All names and attributes in a message, however deep. */
    void message(MessageType type, int at, int size) {
        ProtoReader in = new ProtoReader().reset(bytes, at, size);
        while (in.hasNext()) {
            int tag = in.tag();
            Field field = type.byNumber(ProtoReader.field(tag));
            if (field == null || ProtoReader.wireType(tag) != ProtoReader.LEN) {
                in.skip(tag);
                continue;
            }
            int fieldSize = in.length();
            if (field.type() == FieldType.STRING) {
                text(in.position(), fieldSize);
            } else if (field.type() == FieldType.MESSAGE && field.message() == OtlpSchema.KEY_VALUE) {
                keyValue(in.position(), fieldSize, Treatment.TEXT);
            } else if (field.type() == FieldType.MESSAGE) {
                message(field.message(), in.position(), fieldSize);
            }
            in.advance(fieldSize);
        }
    }

    @Override
    public void mask(int from, int to) {
        if (secrets == 0) {
            if (copy.length < length || copy.length > KEEP_BYTES) {
                copy = new byte[length];
            }
            System.arraycopy(bytes, offset, copy, 0, length);
        }
        secrets++;
        Arrays.fill(copy, from - offset, to - offset, redactor.cover());
    }

    /** Every value of it, though the last one counts: all are there to be read. */
    private void keyValue(int at, int size, Treatment outer) {
        ProtoReader in = new ProtoReader().reset(bytes, at, size);
        Treatment treatment = outer;
        while (in.hasNext()) {
            int tag = in.tag();
            int field = ProtoReader.field(tag);
            int fieldSize = lengthOf(in, tag);
            if (field == KEY && fieldSize > 0) {
                treatment =
                        stricter(outer, keys.of(bytes, in.position(), fieldSize).treatment());
            }
            in.advance(fieldSize);
        }
        in.reset(bytes, at, size);
        while (in.hasNext()) {
            int tag = in.tag();
            int field = ProtoReader.field(tag);
            int fieldSize = lengthOf(in, tag);
            if (field == 2) {
                value(in.position(), fieldSize, treatment);
            }
            in.advance(fieldSize);
        }
    }

    private void value(int at, int size, Treatment treatment) {
        ProtoReader text = textFields.reset(bytes, at, size);
        if (text.hasNext() && text.tag() == TEXT_TAG && text.length() == at + size - text.position()) {
            text(text.position(), at + size - text.position(), treatment);
        } else if (depth < StructureCheck.MAX_VALUE_DEPTH) {
            members(at, size, treatment);
        }
    }

    /** Recursion is as deep as {@link StructureCheck} looks; an item with more below is refused. */
    private void members(int at, int size, Treatment treatment) {
        depth++;
        ProtoReader in = new ProtoReader().reset(bytes, at, size);
        while (in.hasNext()) {
            int tag = in.tag();
            int fieldSize = lengthOf(in, tag);
            switch (ProtoReader.field(tag)) {
                case TEXT_MEMBER -> text(in.position(), fieldSize, treatment);
                case LIST_MEMBER, MAP_MEMBER ->
                    entries(in.position(), fieldSize, ProtoReader.field(tag) == MAP_MEMBER, treatment);
                case BYTES_MEMBER -> {
                    if (treatment == Treatment.SECRET) {
                        text(in.position(), fieldSize, treatment);
                    }
                }
                default -> {
                    // a number, or nothing that is known
                }
            }
            in.advance(fieldSize);
        }
        depth--;
    }

    /** In a list of arguments a secret is behind the option that names it. */
    private void entries(int at, int size, boolean map, Treatment treatment) {
        ProtoReader in = new ProtoReader().reset(bytes, at, size);
        boolean named = false;
        while (in.hasNext()) {
            int tag = in.tag();
            int fieldSize = lengthOf(in, tag);
            if (ProtoReader.field(tag) == ENTRIES && map) {
                keyValue(in.position(), fieldSize, treatment);
            } else if (ProtoReader.field(tag) == ENTRIES) {
                ProtoReader text = textOf(in.position(), fieldSize);
                boolean secret = named && !redactor.isOption(bytes, text.position(), text.end());
                value(in.position(), fieldSize, secret ? Treatment.SECRET : treatment);
                named = redactor.isSecretOption(bytes, text.position(), text.end());
            }
            in.advance(fieldSize);
        }
    }

    /** At the text of an AnyValue, up to its end; of what begins with no text, at its end. */
    private ProtoReader textOf(int at, int size) {
        ProtoReader in = new ProtoReader().reset(bytes, at, size);
        int length = in.hasNext() && in.tag() == TEXT_TAG ? in.length() : -1;
        return length < 0 ? in.reset(bytes, at + size, 0) : in.reset(bytes, in.position(), length);
    }

    private void text(int at, int size, Treatment treatment) {
        redactor.text(bytes, at, at + size, treatment, this);
    }

    /** Of what follows; 0 when it was no length-delimited field and is passed. */
    private static int lengthOf(ProtoReader in, int tag) {
        if (ProtoReader.wireType(tag) == ProtoReader.LEN) {
            return in.length();
        }
        in.skip(tag);
        return 0;
    }

    private static Treatment stricter(Treatment one, Treatment other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
