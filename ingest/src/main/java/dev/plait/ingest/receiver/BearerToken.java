package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Lets in who knows the token; compared in a time that does not depend on how much of it is right. */
final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> expected;

    BearerToken(Optional<String> token) {
        this.expected = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param authorization the header, empty when there is none. @throws Refusal when it is wrong */
    void check(String authorization) {
        if (expected.isEmpty()) {
            return;
        }
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String token = bearer ? authorization.substring(SCHEME.length()).strip() : "";
        if (!MessageDigest.isEqual(expected.get(), token.getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(Kind.UNAUTHENTICATED, "a valid bearer token is needed");
        }
    }
}
