package dev.plait.ingest.redact;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is covered beyond what is always: see {@link SecretNames} and {@link SecretText}. Names are compared as those are,
 * without case and punctuation, with a whole name or with what is behind its last dot.
 *
 * @param names of headers, attributes and parameters whose values are covered
 * @param keep names whose values are not covered although they look secret; patterns apply to them all the same
 * @param patterns what is covered in every text: the first group of a match if it has one, else the match
 * @param cover the ASCII character that stands for each byte of a secret
 */
public record Redaction(Set<String> names, Set<String> keep, List<Pattern> patterns, char cover) {
    public static final char DEFAULT_COVER = '*';

    /** Nothing of one's own. */
    public static final Redaction DEFAULT = new Redaction(Set.of(), Set.of(), List.of(), DEFAULT_COVER);

    public Redaction {
        names = plain(names);
        keep = plain(keep);
        patterns = List.copyOf(patterns);
        if (cover <= ' ' || cover > '~') {
            throw new IllegalArgumentException("a cover is one printable ASCII character");
        }
    }

    private static Set<String> plain(Set<String> names) {
        return names.stream().map(SecretNames::plain).collect(Collectors.toUnmodifiableSet());
    }
}
