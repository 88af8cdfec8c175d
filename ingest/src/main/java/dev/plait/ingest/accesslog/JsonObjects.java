package dev.plait.ingest.accesslog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The objects of a JSON document: one, an array of them, or several with or without newlines between. Broken JSON refuses the
 * whole document, as nothing after the damage can be trusted; what is no object in an array is refused alone.
 */
public final class JsonObjects {
    private final Batch batch;
    private final Reader reader;
    private final Consumer<SignalSink> good;

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
        boolean between = false;
        try (JsonParser parser = JsonInput.open(bytes, start, bytes.length)) {
            while (true) {
                between = batch.items() > 0;
                JsonToken token = parser.nextToken();
                between = false;
                if (token == null || batch.isHopeless()) {
                    return batch.verdict();
                }
                if (token == JsonToken.START_OBJECT) {
                    object(parser, sink);
                } else if (token == JsonToken.START_ARRAY) {
                    array(parser, sink);
                } else {
                    return Optional.of(Rejected.record(
                            Reason.TRAILING_DATA, "Trailing data: a bare value after " + batch.items() + " items", -1));
                }
            }
        } catch (JsonProcessingException e) {
            return Optional.of(JsonInput.rejected(e, bytes, start, bytes.length, between));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
    }

    /** Reads the one object of the line in {@code [from, to)}, which begins at byte {@code start} of its record. */
    public void line(byte[] bytes, int from, int to, int start, SignalSink sink) {
        Optional<Problem> problem;
        try (JsonParser parser = JsonInput.open(bytes, from, to)) {
            parser.nextToken();
            problem = reader.read(parser);
            if (problem.isEmpty() && parser.nextToken() != null) {
                problem = Optional.of(new Problem(Reason.TRAILING_DATA, "Trailing data: two values"));
            }
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

    private void array(JsonParser parser, SignalSink sink) throws IOException {
        while (!batch.isHopeless() && parser.nextToken() != JsonToken.END_ARRAY) {
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
        int end = (int) parser.currentLocation().getByteOffset();
        batch.refuse(problem, "in the item that ends at byte ", end, sink);
    }
}
