package dev.plait.ingest.receiver;

/**
 * Finds where the lines of a connection end: at a line feed, and behind a JSON object that begins its line, as Kuma's Tcp backend
 * sends JSON with nothing between two objects. Keeps what it has seen of a line from one piece to the next. Not thread safe.
 * Source: kumahq/kuma, app/kuma-dp/pkg/dataplane/accesslogs (streamer.go, sender.go).
 */
final class LineEnd {
    /** Where in a line the next byte is. */
    private enum Place {
        START,
        AFTER_BRACE,
        TEXT,
        OBJECT,
        STRING,
        ESCAPE
    }

    private Place place = Place.START;
    private int depth;

    /** The position in {@code [from, to)} of the last byte of the line, its line feed or last brace; -1 if it does not end there. */
    int find(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte c = bytes[at];
            if (c == '\n' || place != Place.TEXT && closes(c)) {
                place = Place.START;
                return at;
            }
        }
        return -1;
    }

    /** Moves on by a byte that is no line feed; whether it closes the object. */
    private boolean closes(byte c) {
        switch (place) {
            case START -> place = c == '{' ? Place.AFTER_BRACE : isBlank(c) ? Place.START : Place.TEXT;
            case AFTER_BRACE -> {
                // a configured text format may begin with a brace
                place = c == '"' ? Place.STRING : Place.TEXT;
                depth = 1;
            }
            case STRING -> place = c == '"' ? Place.OBJECT : c == '\\' ? Place.ESCAPE : Place.STRING;
            case ESCAPE -> place = Place.STRING;
            case OBJECT -> {
                place = c == '"' ? Place.STRING : Place.OBJECT;
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                return depth == 0;
            }
            case TEXT -> {}
        }
        return false;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
