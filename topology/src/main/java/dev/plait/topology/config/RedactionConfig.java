package dev.plait.topology.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.plait.ingest.redact.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code redaction}: secrets that are covered in everything written, beyond those that always are.
 *
 * @param rules {@code names}, {@code keep}: header, attribute and parameter names, default none, at most 100 each, compared
 *     without case and punctuation; {@code patterns}: regular expressions of RE2, default none, at most 20 of 1000 characters;
 *     {@code replacement}: one printable ASCII character, default {@code *}, for each byte of a secret
 * @param keepsLetters {@code dead-letters}: {@code keep} (default), or {@code omit} the bytes of what could not be read
 */
public record RedactionConfig(Redaction rules, boolean keepsLetters) {
    private static final int MAX_NAMES = 100;
    private static final int MAX_PATTERNS = 20;
    private static final int MAX_PATTERN = 1_000;

    static RedactionConfig of(Section section) {
        Set<String> names = names(section, "names");
        Set<String> keep = names(section, "keep");
        List<Pattern> patterns = patterns(section);
        String cover = section.text("replacement", Character.toString(Redaction.DEFAULT_COVER));
        if (!cover.matches("[!-~]")) {
            throw section.bad(
                    "replacement", cover, "one printable ASCII character; it stands for each byte of a secret");
        }
        String letters = section.text("dead-letters", "keep");
        if (!letters.equals("keep") && !letters.equals("omit")) {
            throw section.bad("dead-letters", letters, "keep or omit");
        }
        section.end();
        return new RedactionConfig(new Redaction(names, keep, patterns, cover.charAt(0)), letters.equals("keep"));
    }

    private static Set<String> names(Section section, String key) {
        List<String> names = section.list(key);
        if (names.size() > MAX_NAMES) {
            throw section.bad(key, names.size() + " names", "at most " + MAX_NAMES);
        }
        for (String name : names) {
            if (!name.matches(".*[A-Za-z0-9].*") || name.length() > 64) {
                throw section.bad(key, name, "a name of at most 64 characters with a letter or digit");
            }
        }
        return Set.copyOf(names);
    }

    private static List<Pattern> patterns(Section section) {
        List<Pattern> patterns = new ArrayList<>();
        for (String text : section.lines("patterns")) {
            patterns.add(pattern(section, text));
        }
        if (patterns.size() > MAX_PATTERNS) {
            throw section.bad("patterns", patterns.size() + " patterns", "at most " + MAX_PATTERNS);
        }
        return patterns;
    }

    private static Pattern pattern(Section section, String text) {
        if (text.length() > MAX_PATTERN) {
            throw section.bad("patterns", text.length() + " characters", "at most " + MAX_PATTERN);
        }
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.matches("")) {
                throw section.bad("patterns", text, "a pattern that matches something");
            }
            return pattern;
        } catch (PatternSyntaxException invalid) {
            throw section.bad("patterns", text, "a regular expression of RE2 (" + invalid.getDescription() + ")");
        }
    }
}
