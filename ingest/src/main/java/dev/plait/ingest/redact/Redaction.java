package dev.plait.ingest.redact;

import com.google.re2j.Pattern;
import dev.plait.schemas.model.AttributeNames;
import dev.plait.schemas.model.SemanticName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is covered beyond what is always: see {@link SecretNames} and {@link SecretText}. Names are compared as those are,
 * without case and punctuation, with a whole name or with what is behind its last dot;
 * an attribute that has older or newer names is covered under all of them.
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
        names = withAliases(plain(names));
        keep = plain(keep);
        patterns = List.copyOf(patterns);
        if (cover <= ' ' || cover > '~') {
            throw new IllegalArgumentException("a cover is one printable ASCII character");
        }
    }

    /**
     * Adds the other names of each attribute that is named: what comes as {@code http.client_ip} and leaves as
     * {@code client.address} is covered whichever of them a configuration names.
     */
    private static Set<String> withAliases(Set<String> names) {
        Set<String> all = new HashSet<>(names);
        for (SemanticName meant : SemanticName.all()) {
            List<String> aliases = AttributeNames.sources(meant);
            if (aliases.stream().anyMatch(alias -> isNamed(alias, names))) {
                aliases.forEach(alias -> all.add(SecretNames.plain(alias)));
            }
        }
        return Set.copyOf(all);
    }

    private static boolean isNamed(String alias, Set<String> names) {
        String last = alias.substring(alias.lastIndexOf('.') + 1);
        return names.contains(SecretNames.plain(alias)) || names.contains(SecretNames.plain(last));
    }

    private static Set<String> plain(Set<String> names) {
        return names.stream().map(SecretNames::plain).collect(Collectors.toUnmodifiableSet());
    }
}
