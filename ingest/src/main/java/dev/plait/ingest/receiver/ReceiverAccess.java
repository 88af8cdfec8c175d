package dev.plait.ingest.receiver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may send, and how it is kept secret.
 *
 * @param bearerToken what {@code Authorization: Bearer} must hold; empty: anyone may send
 * @param tls empty: plain text
 * @param corsOrigins of web pages that may send over HTTP, such as {@code https://shop.example}; {@code *}: any; none: no
 *     page of another origin may. Cookies and other credentials of browsers are never asked for
 */
public record ReceiverAccess(Optional<String> bearerToken, Optional<Tls> tls, List<String> corsOrigins) {
    /** Anyone, in plain text. */
    public static final ReceiverAccess OPEN = new ReceiverAccess(Optional.empty(), Optional.empty(), List.of());

    public ReceiverAccess {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** PEM files: a chain of certificates, the server's first, and its PKCS#8 key. */
    public record Tls(Path certificates, Path key) {
        IOException unusable(Throwable cause) {
            return new IOException(certificates + " and " + key + " are not a certificate and its key in PEM", cause);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ReceiverAccess[" + (bearerToken.isPresent() ? "bearer token" : "open") + ", tls=" + tls
                + ", corsOrigins=" + corsOrigins + "]";
    }
}
