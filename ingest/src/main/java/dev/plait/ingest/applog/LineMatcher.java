package dev.plait.ingest.applog;

import com.google.re2j.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Finds a {@link LinePattern} in the lines of one decoder: by itself where it can, else by RE2. Not thread safe. */
final class LineMatcher {
    private final LinePattern pattern;
    private final Optional<PlainMatcher> plain;
    private final Matcher re2;
    private byte[] line = {};

    LineMatcher(LinePattern pattern) {
        this.pattern = pattern;
        this.plain = pattern.plain().map(PlainMatcher::new);
        this.re2 = pattern.regex().matcher("");
    }

    /** Looks for the pattern in the valid UTF-8 of {@code [from, to)}, leftmost first. */
    boolean find(byte[] bytes, int from, int to) {
        line = bytes;
        return plain.isPresent()
                ? plain.get().find(bytes, from, to)
                : re2.reset(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                        .find();
    }

    /** Puts the named groups of the line that was found last into {@code log}. */
    void read(AppLog log) {
        for (Map.Entry<String, Integer> group : pattern.groups()) {
            String text = plain.isPresent() ? text(plain.get(), group.getValue()) : re2.group(group.getValue());
            if (text != null) {
                log.field(group.getKey(), text);
            }
        }
    }

    private String text(PlainMatcher match, int group) {
        int start = match.start(group);
        return new String(line, start, match.end(group) - start, StandardCharsets.UTF_8);
    }
}
