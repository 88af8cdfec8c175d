package dev.plait.ingest.applog;

import dev.plait.ingest.accesslog.AnsiColour;
import java.nio.charset.StandardCharsets;

/**
 * A message as systemd's journal exports it where a control character is in it, as of a colour: a list of its bytes. Source:
 * systemd, Journal JSON format.
 */
final class ByteList {
    /** The field of the journal; other lists of numbers are just that. */
    static final String FIELD = "MESSAGE";

    private ByteList() {}

    /** The text, without colours; {@code list}, which is JSON without blanks, when it is no list of bytes. */
    static String text(String list) {
        byte[] bytes = new byte[list.length()];
        int size = 0;
        int number = -1;
        for (int i = 1; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.max(number, 0) * 10 + c - '0';
            } else if ((c == ',' || c == ']') && number >= 0) {
                bytes[size++] = (byte) number;
                number = -1;
            } else {
                return list;
            }
            if (number > 255) {
                return list;
            }
        }
        return new String(AnsiColour.strip(bytes, 0, size), StandardCharsets.UTF_8);
    }
}
