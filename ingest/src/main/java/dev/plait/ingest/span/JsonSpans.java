package dev.plait.ingest.span;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.JsonInput;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.Utf8;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads a JSON record of spans: one object, an array of objects, or several of either one behind the other. Bytes that are not
 * UTF-8 are replaced, a byte order mark is passed over; both are counted. Broken JSON refuses the record.
 */
public final class JsonSpans {
    /** Reads one object, which the parser stands at, to its end. */
    @FunctionalInterface
    public interface Reader {
        /** Fills {@code span}; the problem for which it is refused, if there is one. */
        Optional<Problem> read(JsonParser parser, SpanRecord span) throws IOException;
    }

    private static final String WHERE = "in the item that ends at byte ";
    private static final Problem NO_OBJECT = new Problem(Reason.WRONG_FORMAT, "Wrong format: not an object");

    private final Reader reader;
    private final SpanOutput output;
    private final SpanRecord span = new SpanRecord();

    public JsonSpans(Reader reader, SpanOutput output) {
        this.reader = reader;
        this.output = output;
    }

    /** Whether a text begins as JSON of spans does. */
    public static boolean begins(byte[] value) {
        int start = Payload.firstNonBlank(value, Payload.afterByteOrderMark(value), value.length);
        return start < value.length && (value[start] == '{' || value[start] == '[');
    }

    /** The record of {@code output} was begun; the caller ends it when this is empty. */
    public Optional<Rejected> read(byte[] value) {
        byte[] bytes = Utf8.repair(value);
        if (bytes != value) {
            output.normalised("utf8_replaced");
        }
        int start = Payload.afterByteOrderMark(bytes);
        if (start > 0) {
            output.normalised("bom");
        }
        boolean between = false;
        boolean any = false;
        try (JsonParser parser = JsonInput.open(bytes, start, bytes.length)) {
            while (true) {
                between = any;
                JsonToken token = parser.nextToken();
                between = false;
                if (token == null || output.isHopeless()) {
                    return Optional.empty();
                }
                if (any) {
                    output.normalised("ndjson");
                }
                any = true;
                if (token == JsonToken.START_OBJECT) {
                    item(parser, start);
                } else if (token == JsonToken.START_ARRAY) {
                    array(parser, start);
                } else {
                    return Optional.of(Rejected.record(Reason.TRAILING_DATA, "Trailing data: a bare value", -1));
                }
            }
        } catch (JsonProcessingException e) {
            return Optional.of(JsonInput.rejected(e, bytes, start, bytes.length, between));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
    }

    private void array(JsonParser parser, int base) throws IOException {
        while (!output.isHopeless() && parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                item(parser, base);
            } else {
                parser.skipChildren();
                int end = end(parser, base);
                output.refuse(NO_OBJECT, WHERE, end);
            }
        }
    }

    private void item(JsonParser parser, int base) throws IOException {
        span.clear();
        Optional<Problem> problem = reader.read(parser, span);
        int end = end(parser, base);
        if (problem.isPresent()) {
            output.refuse(problem.get(), WHERE, end);
        } else {
            output.accept(span, WHERE, end);
        }
    }

    private static int end(JsonParser parser, int base) {
        return base + (int) parser.currentLocation().getByteOffset();
    }
}
