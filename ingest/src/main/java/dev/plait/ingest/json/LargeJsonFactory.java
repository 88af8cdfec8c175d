package dev.plait.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;

/**
 * Makes parsers of large UTF-8 documents that end with {@link StreamConstraintsException} beyond {@link #MAX_NAMES} characters
 * of different names. Jackson keeps a table of names, which it copies for every 16 KiB of new ones: a document of nothing but
 * names would be read in quadratic time. The table is each document's own, so that the same bytes have the same verdict.
 */
public final class LargeJsonFactory extends JsonFactory {
    /** Documents from here on are large: in smaller ones the copies are few. */
    public static final int MIN_BYTES = 128 * 1024;

    public static final int MAX_NAMES = 256 * 1024;

    private static final long serialVersionUID = 1L;

    public LargeJsonFactory(JsonFactoryBuilder settings) {
        super(settings);
    }

    @Override
    protected JsonParser _createParser(byte[] bytes, int offset, int length, IOContext context) {
        return new Parser(
                context,
                _parserFeatures,
                ByteQuadsCanonicalizer.createRoot().makeChild(_factoryFeatures),
                bytes,
                offset,
                length);
    }

    private static final class Parser extends UTF8StreamJsonParser {
        private int names;
        private int characters;

        Parser(IOContext context, int features, ByteQuadsCanonicalizer table, byte[] bytes, int offset, int length) {
            super(context, features, null, null, table, bytes, offset, offset + length, 0, false);
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
                if (characters > MAX_NAMES) {
                    throw new StreamConstraintsException("names exceed " + MAX_NAMES);
                }
            }
        }
    }
}
