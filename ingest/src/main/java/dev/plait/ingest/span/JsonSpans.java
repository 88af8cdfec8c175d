package dev.plait.ingest.span;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.JsonCursor;
import dev.plait.ingest.accesslog.JsonInput;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.accesslog.Utf8;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads a JSON record of spans: one object, an array of objects, or several of either one behind the other. Bytes that are not
 * UTF-8 are replaced, a byte order mark is passed over; both are counted. In an array, what is too deep, or has a text, name or
 * number that is too long, is refused alone: reading goes on behind it, for {@link JsonCursor#MAX_REFUSED} times; what is left
 * behind them is refused as one. Broken JSON refuses the record.
 */
public final class JsonSpans {
    /** Reads one object, which the parser stands at, to its end. */
    @FunctionalInterface
    public interface Reader {
        /** Fills {@code span}; the problem for which it is refused, if there is one. */
        Optional<Problem> read(JsonParser parser, SpanRecord span) throws IOException;
    }

    private static final String WHERE = "in the item that ends at byte ";
    private static final String LIMIT =
            JsonCursor.MAX_REFUSED + " items beyond a limit, the rest is not read from byte ";
    private static final Problem NO_OBJECT = new Problem(Reason.WRONG_FORMAT, "Wrong format: not an object");

    private final Reader reader;
    private final SpanOutput output;
    private final SpanRecord span = new SpanRecord();
    private final JsonCursor cursor = new JsonCursor();
    private boolean any;

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
        cursor.begin(start);
        any = false;
        for (int refused = 0; refused < JsonCursor.MAX_REFUSED; refused++) {
            Optional<Rejected> damage = values(bytes);
            if (damage.isEmpty() || !cursor.isInArray() || !JsonInput.isOfOneValue(damage.get())) {
                return damage;
            }
            int end = cursor.endOfItem(bytes);
            if (end == JsonCursor.NONE) {
                return damage;
            }
            output.refuse(new Problem(damage.get().reason(), damage.get().detail()), WHERE, end);
            cursor.goOnFrom(end);
        }
        int rest = cursor.rest(bytes);
        if (rest < bytes.length) {
            output.refuseRest(LIMIT, rest);
        }
        return Optional.empty();
    }

    /** Reads from the cursor to the end, or to what is damaged. */
    private Optional<Rejected> values(byte[] bytes) {
        boolean between = false;
        try (JsonParser parser = cursor.open(bytes)) {
            if (cursor.isInArray()) {
                array(parser);
            }
            while (!output.isHopeless()) {
                between = any;
                JsonToken token = parser.nextToken();
                between = false;
                if (token == null) {
                    return Optional.empty();
                }
                if (any) {
                    output.normalised("ndjson");
                }
                any = true;
                if (token == JsonToken.START_OBJECT) {
                    item(parser);
                } else if (token == JsonToken.START_ARRAY) {
                    array(parser);
                } else {
                    return Optional.of(Rejected.record(Reason.TRAILING_DATA, "Trailing data: a bare value", -1));
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(JsonInput.rejected(e, bytes, cursor.base(), bytes.length, between));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
    }

    private void array(JsonParser parser) throws IOException {
        cursor.enterArray(parser);
        while (!output.isHopeless() && cursor.nextItem(parser)) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                item(parser);
            } else {
                parser.skipChildren();
                output.refuse(NO_OBJECT, WHERE, cursor.position(parser));
            }
        }
    }

    private void item(JsonParser parser) throws IOException {
        span.clear();
        Optional<Problem> problem = reader.read(parser, span);
        int end = cursor.position(parser);
        if (problem.isPresent()) {
            output.refuse(problem.get(), WHERE, end);
        } else {
            output.accept(span, WHERE, end);
        }
    }
}
