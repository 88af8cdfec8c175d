package dev.plait.ingest.accesslog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The line that Docker or a shipper took from a file and put into an object of its own, under {@code message} or {@code log}.
 * Kept until it is known that the object is no log itself.
 */
public final class WrappedText {
    private static final Set<String> NAMES = Set.of("message", "log");

    private static final byte[] NONE = new byte[0];

    private String name = "";
    private byte[] text = NONE;

    /** Whether logs are found under a member of that name. */
    public static boolean isName(String name) {
        return NAMES.contains(name);
    }

    public void clear() {
        name = "";
        text = NONE;
    }

    public boolean isEmpty() {
        return text.length == 0;
    }

    public String name() {
        return name;
    }

    /** In UTF-8. */
    public byte[] text() {
        return text;
    }

    /** Takes the value the parser stands at, of a member of that name, if it is a text and the first. */
    public boolean take(String member, JsonParser parser) throws IOException {
        if (!isEmpty() || !isName(member) || parser.currentToken() != JsonToken.VALUE_STRING) {
            return false;
        }
        name = member;
        text = parser.getText().getBytes(StandardCharsets.UTF_8);
        return true;
    }
}
