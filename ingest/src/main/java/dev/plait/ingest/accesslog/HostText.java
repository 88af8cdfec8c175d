package dev.plait.ingest.accesslog;

/** Finds the host in {@code host:port} texts: {@code [::1]:80} is {@code ::1}, a bare IPv6 address is itself. */
public final class HostText {
    private HostText() {}

    static int from(byte[] text, int from, int to) {
        return isBracketed(text, from, to) ? from + 1 : from;
    }

    static int to(byte[] text, int from, int to) {
        if (isBracketed(text, from, to)) {
            return indexOf(text, (byte) ']', from, to);
        }
        int colon = indexOf(text, (byte) ':', from, to);
        return colon >= 0 && indexOf(text, (byte) ':', colon + 1, to) < 0 ? colon : to;
    }

    /** Whether all characters could be of an IP address, with a zone or not: no host name, no {@code unix:} path. */
    public static boolean isAddress(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = text[i];
            boolean zone = c == '%' && i > from;
            if (zone) {
                return true;
            }
            if (Character.digit(c, 16) < 0 && c != '.' && c != ':') {
                return false;
            }
        }
        return to > from;
    }

    private static boolean isBracketed(byte[] text, int from, int to) {
        return to > from && text[from] == '[' && indexOf(text, (byte) ']', from, to) > 0;
    }

    static int indexOf(byte[] text, byte wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
