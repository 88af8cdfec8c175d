package dev.plait.ingest.json;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;

/**
 * A parser of UTF-8 with a table of names of its own, that throws {@link StreamConstraintsException} beyond {@link
 * LargeJsonFactory#MAX_NAMES} characters in it.
 */
class BoundedNamesParser extends UTF8StreamJsonParser {
    private int names;
    private int characters;

    BoundedNamesParser(IOContext context, int parserFeatures, int factoryFeatures, byte[] bytes, int from, int to) {
        super(
                context,
                parserFeatures,
                null,
                null,
                ByteQuadsCanonicalizer.createRoot().makeChild(factoryFeatures),
                bytes,
                from,
                to,
                0,
                false);
    }

    /** Characters of all the different names so far. */
    int characters() {
        return characters;
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
}
