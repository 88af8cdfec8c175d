package dev.plait.app.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which of a capture's forms bytes can take without losing one of them. One thread. */
final class TextForm {
    private final JsonFactory json = new JsonFactory();
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** The text these bytes are in UTF-8; empty when they are not UTF-8. */
    Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(utf8.decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether these bytes are one JSON object or array, on one line and without space around it, that the reader would not
     * take for the base64 form.
     */
    boolean isEmbeddable(byte[] bytes) {
        if (bytes.length < 2 || !isBracketed(bytes[0], bytes[bytes.length - 1]) || hasControl(bytes)) {
            return false;
        }
        try (JsonParser parser = json.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                JsonToken second = parser.nextToken();
                if (second == JsonToken.FIELD_NAME && parser.currentName().equals("base64")) {
                    return false;
                }
            }
            return readsToOneEnd(parser) && text(bytes).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean readsToOneEnd(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        while (!(token.isStructEnd() && parser.getParsingContext().inRoot())) {
            token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                // a string is only checked when it is decoded
                parser.getTextLength();
            }
        }
        return parser.nextToken() == null;
    }

    private static boolean isBracketed(byte first, byte last) {
        return first == '{' && last == '}' || first == '[' && last == ']';
    }

    /** Line ends would break the line; zero bytes would make a reader take the text for UTF-16. */
    private static boolean hasControl(byte[] bytes) {
        for (byte character : bytes) {
            if (character >= 0 && character < ' ' && character != '\t') {
                return true;
            }
        }
        return false;
    }
}
