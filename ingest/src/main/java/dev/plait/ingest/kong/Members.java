package dev.plait.ingest.kong;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Takes the members of one JSON object, one by one; each call consumes the value the parser stands at. */
@FunctionalInterface
interface Members {
    void member(String name, JsonParser parser) throws IOException;

    /** Reads the object the parser stands at, to its end. */
    static void read(JsonParser parser, Members members) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            members.member(name, parser);
        }
    }
}
