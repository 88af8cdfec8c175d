package dev.plait.ingest.redact;

/** The treatment of an attribute's value by its key. Linear in the key; not thread safe. */
final class KeyTreatments {
    private static final String[] URLS = {
        "url", "uri", "urlfull", "urloriginal", "urlquery", "path", "target", "querystring", "referer", "location"
    };
    private static final String[] TEXTS = {
        "message", "msg", "stacktrace", "body", "payload", "commandline", "commandargs", "error", "log"
    };

    private final SecretNames names;

    KeyTreatments(SecretNames names) {
        this.names = names;
    }

    Treatment of(byte[] bytes, int from, int length) {
        if (names.isSecret(bytes, from, from + length)) {
            return Treatment.SECRET;
        }
        return endsInOne(URLS) ? Treatment.URL : endsInOne(TEXTS) ? Treatment.TEXT : Treatment.PLAIN;
    }

    private boolean endsInOne(String[] words) {
        for (String word : words) {
            if (names.endsWith(word)) {
                return true;
            }
        }
        return false;
    }
}
