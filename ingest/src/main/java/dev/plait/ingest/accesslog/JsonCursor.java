package dev.plait.ingest.accesslog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * A place in a JSON document that is read by one parser after the other: behind a value that a parser refuses the next begins,
 * within the array that the value is an item of, if it is one. Places are bytes of the document. Reused after {@link #begin}.
 */
public final class JsonCursor {
    /** No value that ends. */
    public static final int NONE = JsonExtent.NONE;

    /** So often reading goes on behind what a parser refused, each time at the cost of an exception. */
    public static final int MAX_REFUSED = 1_000;

    /** Where the parser begins: its offsets count from there. */
    private int base;

    /** Whether an array is being read, and how many of its items were passed since which byte. */
    private boolean inArray;

    private int passedFrom;
    private int passed;

    /** Begins a document at its first value. */
    public void begin(int from) {
        base = from;
        inArray = false;
    }

    /** Goes on behind what a parser refused: the next begins there, in the same array if it was in one. */
    public void goOnFrom(int at) {
        base = at;
    }

    /** A parser of the document from this place to its end. */
    public JsonParser open(byte[] bytes) throws IOException {
        return inArray ? JsonInput.openInArray(bytes, base, bytes.length) : JsonInput.open(bytes, base, bytes.length);
    }

    /** Where the parser began. */
    public int base() {
        return base;
    }

    /** How far the parser has read. */
    public int position(JsonParser parser) {
        return base + (int) parser.currentLocation().getByteOffset();
    }

    public boolean isInArray() {
        return inArray;
    }

    /** The parser stands behind the bracket of an array, or behind an item that another parser refused. */
    public void enterArray(JsonParser parser) {
        inArray = true;
        passedFrom = position(parser);
        passed = -1;
    }

    /** Moves the parser from the end of an item, or of what it entered behind, to the next one; false at the array's end. */
    public boolean nextItem(JsonParser parser) throws IOException {
        passed++;
        inArray = parser.nextToken() != JsonToken.END_ARRAY;
        return inArray;
    }

    /** Where that begins which is left of the document: not a blank, nor the comma or bracket behind an item; or its end. */
    public int rest(byte[] bytes) {
        int at = Payload.firstNonBlank(bytes, base, bytes.length);
        boolean behindItem = inArray && at < bytes.length && (bytes[at] == ',' || bytes[at] == ']');
        return behindItem ? Payload.firstNonBlank(bytes, at + 1, bytes.length) : at;
    }

    /** Where the item of the array ends that was being read, or {@link #NONE}. */
    public int endOfItem(byte[] bytes) {
        return JsonExtent.ofItem(bytes, passedFrom, passed);
    }
}
