package dev.plait.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.json.LargeJsonFactory;
import dev.plait.schemas.wire.ProtoWriter;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/**
 * Writes OTLP/JSON as OTLP protobuf in one pass, driven by {@link OtlpSchema}, so that one scanner serves both encodings.
 * Several documents, one behind the other (NDJSON), become one request. Strict about JSON itself and about types; lenient
 * where OTLP is: unknown fields are passed over.
 *
 * <p>The document must be UTF-8 and is refused whole when it is not, or when it nests deeper than {@link #MAX_DEPTH}. Values that
 * are nested too deep spoil their item alone, as {@link StructureCheck} says.
 */
final class JsonTranscoder {
    static final int MAX_DEPTH = 10_000;
    static final int MAX_TEXT = 1 << 20;
    static final int MAX_NAME = 4096;
    static final int MAX_NUMBER = 64;
    static final int MAX_TOKENS = 2_000_000;

    private static final JsonFactory JSON = settings().build();
    private static final JsonFactory LARGE_JSON = new LargeJsonFactory(settings());

    /** Output that has grown beyond this is not kept for the next record. */
    private static final int KEEP_BYTES = 8 << 20;

    private final Signal signal;
    private final BitSet refusedItems = new BitSet();
    private ProtoWriter out = new ProtoWriter();

    JsonTranscoder(Signal signal) {
        this.signal = signal;
    }

    private static JsonFactoryBuilder settings() {
        return new JsonFactoryBuilder()
                // senders choose the names: they may not fill the JVM's table of interned strings,
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // nor throw an exception that is none of Jackson's (the table's hash is seeded at random)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                // OTLP/JSON is UTF-8; Jackson would read UTF-16 and UTF-32 as well
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_TEXT)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(MAX_NUMBER)
                        .maxTokenCount(MAX_TOKENS)
                        .maxDocumentLength(OtlpDecoder.MAX_BYTES)
                        .build());
    }

    /** The request of the last {@link #read}, valid until the next. */
    byte[] bytes() {
        return out.bytes();
    }

    int size() {
        return out.size();
    }

    /** Numbers of the items that the last {@link #read} refused and left out; those after them keep theirs. */
    BitSet refusedItems() {
        return refusedItems;
    }

    /** Reads a value; empty when it is now a request, less the items that were refused. */
    Optional<Rejected> read(byte[] value, RecordScan record, SignalSink sink) {
        refusedItems.clear();
        if (out.bytes().length > KEEP_BYTES) {
            out = new ProtoWriter();
        }
        out.clear();
        int start = 0;
        if (Framing.hasByteOrderMark(value)) {
            start = 3;
            record.normalised(Normalised.BOM);
        }
        int bad = Utf8.invalidAt(value, start, value.length);
        if (bad >= 0) {
            return refused(Reason.BAD_UTF8, "not UTF-8", bad);
        }
        return readUtf8(value, start, record, sink);
    }

    private Optional<Rejected> readUtf8(byte[] value, int start, RecordScan record, SignalSink sink) {
        boolean between = false;
        JsonFactory factory = value.length < LargeJsonFactory.MIN_BYTES ? JSON : LARGE_JSON;
        try (JsonParser in = factory.createParser(value, start, value.length - start)) {
            JsonMessages messages = new JsonMessages(signal, in, start, out, record, sink, refusedItems);
            try {
                for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                    if (token != JsonToken.START_OBJECT) {
                        return trailing(between, messages.atByte());
                    }
                    if (between) {
                        record.normalised(Normalised.NDJSON);
                    }
                    between = false;
                    messages.request();
                    if (messages.refusal().isPresent()) {
                        return messages.refusal();
                    }
                    between = true;
                }
                return Optional.empty();
            } catch (IOException e) {
                return broken(e, between, messages.atByte());
            }
        } catch (IOException closing) {
            throw new IllegalStateException("a parser of an array reads no file", closing);
        }
    }

    private static Optional<Rejected> broken(IOException e, boolean between, int at) {
        if (e instanceof StreamConstraintsException limit) {
            return overLimit(limit.getOriginalMessage(), at);
        }
        if (e instanceof JsonEOFException) {
            return refused(Reason.TRUNCATED, "JSON ends early", at);
        }
        return between ? trailing(true, at) : refused(Reason.WRONG_FORMAT, "not JSON", at);
    }

    private static Optional<Rejected> trailing(boolean afterRequest, int at) {
        return afterRequest
                ? refused(Reason.TRAILING_DATA, "something behind the JSON object", at)
                : refused(Reason.WRONG_FORMAT, "not a JSON object", at);
    }

    /** Jackson names the limit only in its message; a test holds each of them to its reason. */
    private static Optional<Rejected> overLimit(String message, int at) {
        if (message.contains("nesting depth")) {
            return refused(Reason.TOO_DEEP, "JSON nested deeper than " + MAX_DEPTH, at);
        }
        if (message.contains("names exceed")) {
            return refused(Reason.TOO_MANY, "more than " + LargeJsonFactory.MAX_NAMES + " characters of names", at);
        }
        if (message.contains("Token count")) {
            return refused(Reason.TOO_MANY, "more than " + MAX_TOKENS + " JSON tokens", at);
        }
        return refused(Reason.TOO_LARGE, "a JSON text, name or number longer than its limit", at);
    }

    private static Optional<Rejected> refused(Reason reason, String detail, int at) {
        return Optional.of(Rejected.record(reason, "Malformed: " + detail + " at byte " + at, at));
    }
}
