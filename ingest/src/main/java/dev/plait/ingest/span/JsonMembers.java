package dev.plait.ingest.span;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Takes the members of one JSON object, one by one; each call consumes the value that the parser stands at. */
@FunctionalInterface
public interface JsonMembers {
    void member(String name, JsonParser parser) throws IOException;

    /**
     * Reads the object that the parser stands at, to its end. Null, and the empty array that Lua writes for an empty table,
     * are empty objects.
     *
     * @return false, and the value is passed over, when it is anything else
     */
    static boolean read(JsonParser parser, JsonMembers members) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return isEmpty(parser, JsonToken.START_ARRAY);
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            members.member(name, parser);
        }
        return true;
    }

    /**
     * Reads the array that the parser stands at, to its end: the member's name is empty. Null and an empty object are empty
     * arrays.
     *
     * @return false, and the value is passed over, when it is anything else
     */
    static boolean readAll(JsonParser parser, JsonMembers entries) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return isEmpty(parser, JsonToken.START_OBJECT);
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            entries.member("", parser);
        }
        return true;
    }

    private static boolean isEmpty(JsonParser parser, JsonToken start) throws IOException {
        if (parser.currentToken() != start) {
            boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
            parser.skipChildren();
            return isNull;
        }
        JsonToken end = start == JsonToken.START_ARRAY ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
        boolean empty = parser.nextToken() == end;
        while (parser.currentToken() != end) {
            parser.skipChildren();
            parser.nextToken();
        }
        return empty;
    }
}
