package dev.plait.ingest.receiver;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.accesslog.JsonInput;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.accesslog.Utf8;
import dev.plait.ingest.receiver.Answer.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts JSON of many items (an array, values one behind the other, or several of both) into arrays that each hold a share of
 * the items, byte for byte and in their order. Linear in the bytes.
 */
final class JsonSplitter {
    private final byte[] json;
    private final int limitBytes;
    private final List<byte[]> parts = new ArrayList<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();

    private JsonSplitter(byte[] json, int limitBytes) {
        this.json = json;
        this.limitBytes = limitBytes;
    }

    /** @throws Refusal TOO_LARGE when an item is above the limit; MALFORMED when it is no JSON */
    static List<byte[]> split(byte[] content, int limitBytes) {
        JsonSplitter splitter = new JsonSplitter(Utf8.repair(content), limitBytes);
        splitter.read();
        splitter.finish();
        return splitter.parts;
    }

    private void read() {
        int from = Payload.afterByteOrderMark(json);
        try (JsonParser parser = JsonInput.open(json, from, json.length)) {
            boolean inList = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.END_ARRAY || token == JsonToken.START_ARRAY && !inList) {
                    inList = token == JsonToken.START_ARRAY;
                    continue;
                }
                int start = from + (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                item(start, from + (int) parser.currentLocation().getByteOffset());
            }
        } catch (JsonProcessingException broken) {
            throw new Refusal(
                    Kind.MALFORMED, RefusedItems.words(JsonInput.rejected(broken, json, from, json.length, false)));
        } catch (IOException e) {
            throw new IllegalStateException("an array is read without input or output", e);
        }
    }

    private void item(int start, int end) {
        int size = end - start + 2; // a bracket or comma before it, a bracket behind
        if (size > limitBytes) {
            throw new Refusal(Kind.TOO_LARGE, "an item is larger than a topic takes: " + limitBytes + " bytes");
        }
        if (part.size() + size > limitBytes) {
            finish();
        }
        part.write(part.size() == 0 ? '[' : ',');
        part.write(json, start, end - start);
    }

    private void finish() {
        if (part.size() > 0) {
            part.write(']');
            parts.add(part.toByteArray());
            part.reset();
        }
    }
}
