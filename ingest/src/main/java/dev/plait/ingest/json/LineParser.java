package dev.plait.ingest.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;

/**
 * A parser of UTF-8 for a large document, or for many lines that hold a JSON object each: to make one costs more than to read a
 * short object. It knows nothing of the lines before, be they broken, but their names, of which it has a table of its own and
 * throws {@link StreamConstraintsException} beyond {@link LargeJsonFactory#MAX_NAMES} characters in it. Whoever reads lines stops
 * at the end of the object: it is closed by a look for a token beyond.
 */
public final class LineParser extends UTF8StreamJsonParser {
    private int names;
    private int characters;

    LineParser(IOContext context, int parserFeatures, int factoryFeatures) {
        super(
                context,
                parserFeatures,
                null,
                null,
                ByteQuadsCanonicalizer.createRoot().makeChild(factoryFeatures),
                new byte[0],
                0,
                0,
                0,
                false);
    }

    /** Begins anew with the bytes of {@code [from, to)}, from where its locations count. */
    public void startAt(byte[] bytes, int from, int to) {
        _inputBuffer = bytes;
        _inputPtr = from;
        _inputEnd = to;
        _currInputProcessed = -from;
        _currInputRow = 1;
        _currInputRowStart = from;
        while (!_parsingContext.inRoot()) {
            _parsingContext = _parsingContext.clearAndGetParent();
        }
        _currToken = null;
        _nextToken = null;
        _tokenIncomplete = false;
        _tokenCount = 0;
    }

    /** As {@link #startAt}, behind an item of an array: a comma or the array's end comes next. */
    public void startInArray(byte[] bytes, int from, int to) {
        startAt(bytes, from, to);
        _parsingContext = _parsingContext.createChildArrayContext(1, 0);
        _parsingContext.expectComma(); // counts the item before
    }

    /** The first byte that was not read, in the array given to {@link #startAt}. */
    public int position() {
        return _inputPtr;
    }

    /** Whether it may read {@code bytes} more and not reach the bound of names with what others have left. */
    public boolean hasRoomFor(int bytes) {
        return characters == 0 || characters + bytes <= LargeJsonFactory.MAX_NAMES;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.FIELD_NAME) {
            count(currentName());
        }
        return token;
    }

    @Override
    public String nextFieldName() throws IOException {
        String name = super.nextFieldName();
        if (name != null) {
            count(name);
        }
        return name;
    }

    private void count(String name) throws StreamConstraintsException {
        if (_symbols.size() > names) {
            names = _symbols.size();
            characters += name.length();
            if (characters > LargeJsonFactory.MAX_NAMES) {
                throw new StreamConstraintsException("names exceed " + LargeJsonFactory.MAX_NAMES);
            }
        }
    }

    /** A broken line costs no stack trace, which would take longer than the lines around it: only its place is of interest. */
    private static final class Broken extends JsonParseException {
        private static final long serialVersionUID = 1L;

        Broken(JsonParser parser, String message, JsonLocation at) {
            super(parser, message, at);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** As {@link Broken}. */
    private static final class CutShort extends JsonEOFException {
        private static final long serialVersionUID = 1L;

        CutShort(JsonParser parser, JsonToken token, String message) {
            super(parser, token, message);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    @Override
    protected void _handleEOF() throws JsonParseException {
        if (!_parsingContext.inRoot()) {
            _reportInvalidEOF("", null);
        }
    }

    @Override
    protected void _reportInvalidEOF(String message, JsonToken token) throws JsonParseException {
        throw new CutShort(this, token, message);
    }

    @Override
    protected JsonParseException _constructReadException(String message) {
        return new Broken(this, message, currentLocation());
    }

    @Override
    protected JsonParseException _constructReadException(String message, Object argument) {
        return _constructReadException(message);
    }

    @Override
    protected JsonParseException _constructReadException(String message, Object argument, Object other) {
        return _constructReadException(message);
    }

    @Override
    protected JsonParseException _constructReadException(String message, JsonLocation at) {
        return new Broken(this, message, at);
    }
}
