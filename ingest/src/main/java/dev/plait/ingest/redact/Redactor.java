package dev.plait.ingest.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;

/**
 * Finds what is secret: by the name that a value has, by how a text looks, and by the patterns of one's own, which take linear
 * time whatever they are (RE2). Tells where it is and changes nothing. Not thread safe.
 */
public final class Redactor {
    private final Redaction redaction;
    private final List<Pattern> patterns;
    private final SecretNames names;
    private final KeyTreatments keys;
    private final SecretText text;

    public Redactor(Redaction redaction) {
        this.redaction = redaction;
        this.patterns = redaction.patterns();
        this.names = new SecretNames(redaction);
        this.keys = new KeyTreatments(names);
        this.text = new SecretText(names);
    }

    /** The byte that covers one of a secret. */
    public byte cover() {
        return (byte) redaction.cover();
    }

    /** How the text under a key, in UTF-8, is to be treated. Who asks often remembers the answer. */
    public Treatment treatment(byte[] key, int from, int length) {
        return keys.of(key, from, length);
    }

    /** Tells {@code masks} what is secret in the text of {@code [from, to)}. */
    public void text(byte[] bytes, int from, int to, Treatment treatment, Masks masks) {
        if (treatment == Treatment.SECRET) {
            if (from < to) {
                masks.mask(from, to);
            }
            return;
        }
        text.scan(bytes, from, to, treatment, masks);
        if (!patterns.isEmpty()) {
            match(bytes, from, to, masks);
        }
    }

    /** Whether a whole text is an option of a command line, {@code -v}, and not the value of one. */
    public boolean isOption(byte[] bytes, int from, int to) {
        return from < to && bytes[from] == '-';
    }

    /** Whether a whole text is the option {@code --password}, or another, whose value comes behind it. */
    public boolean isSecretOption(byte[] bytes, int from, int to) {
        return isOption(bytes, from, to) && names.isSecretOption(bytes, from, to);
    }

    private void match(byte[] bytes, int from, int to, Masks masks) {
        byte[] copy = Arrays.copyOfRange(bytes, from, to);
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(copy);
            while (matcher.find()) {
                int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
                if (matcher.start(group) < matcher.end(group)) {
                    masks.mask(from + matcher.start(group), from + matcher.end(group));
                }
            }
        }
    }
}
