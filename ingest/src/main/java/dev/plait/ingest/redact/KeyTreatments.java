package dev.plait.ingest.redact;

/** The treatment of an attribute's value by its key. Linear in the key; not thread safe. */
final class KeyTreatments {
    private static final String[] URLS = {
        "url", "uri", "urlfull", "urloriginal", "urlquery", "path", "target", "querystring", "referer", "location"
    };

    private final SecretNames names;

    KeyTreatments(SecretNames names) {
        this.names = names;
    }

    Treatment of(byte[] bytes, int from, int length) {
        if (names.isSecret(bytes, from, from + length)) {
            return Treatment.SECRET;
        }
        for (String word : URLS) {
            if (names.endsWith(word)) {
                return Treatment.URL;
            }
        }
        return Treatment.TEXT;
    }
}
