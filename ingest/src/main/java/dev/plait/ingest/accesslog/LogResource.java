package dev.plait.ingest.accesslog;

import dev.plait.ingest.SignalSink;
import dev.plait.ingest.otlp.ContentHash;
import dev.plait.ingest.otlp.WrittenLogs;
import dev.plait.schemas.wire.ProtoWriter;
import java.util.Map;

/** An OTLP {@code Resource} with a few attributes, ready to be given to a sink, and the hash that its logs are seeded with. */
public final class LogResource {
    /** Nothing is known of what logged. */
    public static final LogResource NONE = new LogResource(new byte[0]);

    private static final int ATTRIBUTES = 1;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int STRING = 1;

    private final byte[] bytes;
    private final long hash;

    private LogResource(byte[] bytes) {
        this(bytes, ContentHash.of(bytes, 0, bytes.length, 0));
    }

    private LogResource(byte[] bytes, long hash) {
        this.bytes = bytes;
        this.hash = hash;
    }

    /** One that a sink has already, of that hash. */
    public static LogResource given(long hash) {
        return new LogResource(new byte[0], hash);
    }

    public static LogResource of(String key, String value) {
        return of(Map.of(key, value));
    }

    /** With several attributes, in the order of the map. */
    public static LogResource of(Map<String, String> attributes) {
        ProtoWriter out = new ProtoWriter();
        attributes.forEach((key, value) -> {
            int attribute = out.begin(ATTRIBUTES);
            out.text(KEY, key);
            int any = out.begin(VALUE);
            out.text(STRING, value);
            out.end(any);
            out.end(attribute);
        });
        return new LogResource(out.toByteArray());
    }

    /** Gives it to {@code sink}, as it is; the result is its number there. */
    public int giveTo(SignalSink sink) {
        return bytes.length == 0 ? SignalSink.NONE : sink.resource(bytes, 0, bytes.length);
    }

    /** The same with its secrets covered, as its names are a sender's. */
    public int giveTo(SignalSink sink, WrittenLogs cover) {
        if (bytes.length == 0) {
            return SignalSink.NONE;
        }
        byte[] covered = cover.coveredResource(bytes, sink);
        return sink.resource(covered, 0, covered.length);
    }

    long hash() {
        return hash;
    }
}
