package dev.plait.ingest.envoy;

/** Searches in bytes; each is linear in the range and gives -1 when nothing is found. */
final class Bytes {
    private Bytes() {}

    static int indexOf(byte[] bytes, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    static int lastIndexOf(byte[] bytes, byte[] wanted, int from, int to) {
        for (int i = to - wanted.length; i >= from; i--) {
            if (startsWith(bytes, wanted, i, to)) {
                return i;
            }
        }
        return -1;
    }

    static int indexOf(byte[] bytes, byte[] wanted, int from, int to) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (startsWith(bytes, wanted, i, to)) {
                return i;
            }
        }
        return -1;
    }

    static boolean startsWith(byte[] bytes, byte[] wanted, int at, int to) {
        if (to - at < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
