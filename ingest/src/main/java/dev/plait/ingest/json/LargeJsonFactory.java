package dev.plait.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.IOContext;

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

    /** A parser that has nothing to read before {@link LineParser#startAt}. */
    public LineParser lineParser() {
        return new LineParser(
                _createContext(_createContentReference(new byte[0]), true), _parserFeatures, _factoryFeatures);
    }

    @Override
    protected JsonParser _createParser(byte[] bytes, int offset, int length, IOContext context) {
        LineParser parser = new LineParser(context, _parserFeatures, _factoryFeatures);
        parser.startAt(bytes, offset, offset + length);
        return parser;
    }
}
