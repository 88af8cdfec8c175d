package dev.plait.ingest.accesslog;

import dev.plait.ingest.json.LineParser;

/** Opens one short JSON text after the other with {@link JsonInput}'s limits, by a parser that is made once. Not thread safe. */
public final class ShortJson {
    private LineParser parser = JsonInput.lineParser();

    /** A parser of the UTF-8 in {@code [from, to)}, before its first token; the one that was opened before ends here. */
    public LineParser open(byte[] bytes, int from, int to) {
        if (!parser.hasRoomFor(to - from)) {
            parser = JsonInput.lineParser();
        }
        parser.startAt(bytes, from, to);
        return parser;
    }
}
