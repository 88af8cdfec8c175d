package dev.plait.ingest.accesslog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.json.LineParser;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The objects of a JSON document: one, an array of them, or several with or without newlines between. What is no object in an
 * array is refused alone. So is an object or item that is too deep, or has a text, name or number that is too long: reading goes
 * on behind it. So is broken JSON that begins a line of several: reading goes on with the next line that begins with an object.
 * Both for {@link JsonCursor#MAX_REFUSED} times together; what is left behind them is refused as one item. All other broken JSON
 * refuses the whole document, as nothing after the damage can be trusted.
 */
public final class JsonObjects {
    private static final String ITEM = "in the item that ends at byte ";
    private static final String LIMIT =
            JsonCursor.MAX_REFUSED + " items beyond a limit or broken lines, the rest is not read from byte ";

    private final Batch batch;
    private final Reader reader;
    private final Consumer<SignalSink> good;
    private final ShortJson lines = new ShortJson();
    private final JsonCursor cursor = new JsonCursor();

    /** Where the value begins that is being read; not of items of an array. */
    private int valueAt;

    /** Whether a value was found that has no end: to look for that of each would not be linear. */
    private boolean endless;

    /** Reads the object the parser stands at, to its end; what is wrong with it, if anything. */
    @FunctionalInterface
    public interface Reader {
        Optional<Problem> read(JsonParser parser) throws IOException;
    }

    /**
     * @param batch counts the objects; it is the caller's, who clears it
     * @param good hands over the object that was read last
     */
    public JsonObjects(Batch batch, Reader reader, Consumer<SignalSink> good) {
        this.batch = batch;
        this.reader = reader;
        this.good = good;
    }

    /** Whether JSON goes on beyond the first line: an array of objects, or an object that is not closed on its line. */
    public static boolean isDocument(byte[] bytes, int start) {
        if (bytes[start] == '[') {
            int next = Payload.firstNonBlank(bytes, start + 1, bytes.length);
            return next < bytes.length && (bytes[next] == '{' || bytes[next] == ']');
        }
        int end = HostText.indexOf(bytes, (byte) '\n', start, bytes.length);
        int last = end - 1;
        while (last > start && (bytes[last] == ' ' || bytes[last] == '\r')) {
            last--;
        }
        return bytes[start] == '{' && end > 0 && bytes[last] != '}';
    }

    /** Reads from {@code start} to the end of the bytes. Why the record is refused as a whole, if it is. */
    public Optional<Rejected> read(byte[] bytes, int start, SignalSink sink) {
        cursor.begin(start);
        endless = false;
        for (int refused = 0; refused < JsonCursor.MAX_REFUSED; refused++) {
            Optional<Rejected> damage = values(bytes, sink);
            if (damage.isEmpty()) {
                return batch.verdict();
            }
            Problem problem = new Problem(damage.get().reason(), damage.get().detail());
            int end = JsonInput.isOfOneValue(damage.get()) && !endless ? endOfValue(bytes) : JsonExtent.NONE;
            if (end != JsonExtent.NONE) {
                batch.refuse(problem, ITEM, end, sink);
                cursor.goOnFrom(end);
                continue;
            }
            int next = nextLineOfAnObject(bytes, valueAt);
            if (!beginsLine(bytes, start) || next < 0 && batch.items() == 0) {
                return damage;
            }
            batch.refuse(problem, "in the line at byte ", valueAt, sink);
            if (next < 0 || batch.isHopeless()) {
                return batch.verdict();
            }
            cursor.goOnFrom(next);
        }
        int rest = cursor.rest(bytes);
        if (rest < bytes.length) {
            batch.refuseRest(LIMIT, rest, sink);
        }
        return batch.verdict();
    }

    /** Reads from the cursor to the end, or to what is damaged. */
    private Optional<Rejected> values(byte[] bytes, SignalSink sink) {
        boolean between = false;
        valueAt = Payload.firstNonBlank(bytes, cursor.base(), bytes.length);
        try (JsonParser parser = cursor.open(bytes)) {
            if (cursor.isInArray()) {
                array(parser, sink);
                valueAt = behind(bytes, parser);
            }
            while (!batch.isHopeless()) {
                between = batch.items() > 0;
                JsonToken token = parser.nextToken();
                between = false;
                if (token == null) {
                    return Optional.empty();
                }
                if (token == JsonToken.START_OBJECT) {
                    valueAt =
                            cursor.base() + (int) parser.currentTokenLocation().getByteOffset();
                    object(parser, sink);
                } else if (token == JsonToken.START_ARRAY) {
                    array(parser, sink);
                } else {
                    return Optional.of(Rejected.record(
                            Reason.TRAILING_DATA, "Trailing data: a bare value after " + batch.items() + " items", -1));
                }
                valueAt = behind(bytes, parser);
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(JsonInput.rejected(e, bytes, cursor.base(), bytes.length, between));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
    }

    private int behind(byte[] bytes, JsonParser parser) {
        return Payload.firstNonBlank(bytes, cursor.position(parser), bytes.length);
    }

    /** Where the object or item ends that was being read; {@link JsonExtent#NONE} if it does not, or is neither. */
    private int endOfValue(byte[] bytes) {
        int end = JsonExtent.NONE;
        if (cursor.isInArray()) {
            end = cursor.endOfItem(bytes);
        } else if (valueAt < bytes.length && bytes[valueAt] == '{') {
            end = JsonExtent.ofValue(bytes, valueAt);
        }
        endless = end == JsonExtent.NONE;
        return end;
    }

    private boolean beginsLine(byte[] bytes, int start) {
        return !cursor.isInArray() && (valueAt == start || valueAt > start && bytes[valueAt - 1] == '\n');
    }

    private static int nextLineOfAnObject(byte[] bytes, int from) {
        for (int at = from; at < bytes.length - 1; at++) {
            if (bytes[at] == '\n' && bytes[at + 1] == '{') {
                return at + 1;
            }
        }
        return -1;
    }

    /** Reads the one object of the line in {@code [from, to)}, which begins at byte {@code start} of its record. */
    public void line(byte[] bytes, int from, int to, int start, SignalSink sink) {
        Optional<Problem> problem;
        try {
            problem = line(bytes, from, to);
        } catch (JsonProcessingException e) {
            Rejected rejected = JsonInput.rejected(e, bytes, from, to, false);
            problem = Optional.of(new Problem(rejected.reason(), rejected.detail()));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
        if (problem.isPresent()) {
            batch.refuse(problem.get(), "in the line at byte ", start, sink);
        } else {
            good.accept(sink);
            batch.accept();
        }
    }

    private Optional<Problem> line(byte[] bytes, int from, int to) throws IOException {
        LineParser parser = lines.open(bytes, from, to);
        parser.nextToken();
        Optional<Problem> problem = reader.read(parser);
        if (problem.isPresent() || Payload.firstNonBlank(bytes, parser.position(), to) == to) {
            return problem;
        }
        parser.nextToken();
        return Optional.of(new Problem(Reason.TRAILING_DATA, "Trailing data: two values"));
    }

    private void array(JsonParser parser, SignalSink sink) throws IOException {
        cursor.enterArray(parser);
        while (!batch.isHopeless() && cursor.nextItem(parser)) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                object(parser, sink);
            } else {
                parser.skipChildren();
                refuse(new Problem(Reason.WRONG_TYPE, "Wrong type: not an object"), parser, sink);
            }
        }
    }

    private void object(JsonParser parser, SignalSink sink) throws IOException {
        Optional<Problem> problem = reader.read(parser);
        if (problem.isPresent()) {
            refuse(problem.get(), parser, sink);
        } else {
            good.accept(sink);
            batch.accept();
        }
    }

    private void refuse(Problem problem, JsonParser parser, SignalSink sink) {
        batch.refuse(problem, ITEM, cursor.position(parser), sink);
    }
}
