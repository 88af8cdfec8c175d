package dev.plait.topology;

import dev.plait.ingest.redact.Redactor;
import dev.plait.ingest.redact.Treatment;
import dev.plait.schemas.topic.DeadLetters;
import dev.plait.topology.config.RedactionConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a dead letter shows of a record: its bytes as they came, unless the configuration says to leave them out, as what could
 * not be read cannot be searched for secrets either. Values of the record's headers are covered by their names. One thread.
 */
final class LetterRedaction {
    private final Redactor redactor;

    private LetterRedaction(Redactor redactor) {
        this.redactor = redactor;
    }

    static DeadLetters.Shown of(RedactionConfig config) {
        LetterRedaction redaction = new LetterRedaction(new Redactor(config.rules()));
        return new DeadLetters.Shown(config.keepsLetters(), redaction::header);
    }

    private byte[] header(String name, byte[] value) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        Treatment treatment = redactor.treatment(key, 0, key.length);
        byte[] covered = value.clone();
        redactor.text(
                value, 0, value.length, treatment, (from, to) -> Arrays.fill(covered, from, to, redactor.cover()));
        return covered;
    }
}
