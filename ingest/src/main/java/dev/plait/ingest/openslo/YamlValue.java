package dev.plait.ingest.openslo;

import java.util.List;
import java.util.Map;

/** A value of a YAML document, with the line on which it begins. */
sealed interface YamlValue {
    int line();

    /** In words, for messages. */
    String shown();

    /** A value without parts. */
    record Scalar(int line, String text, ScalarType type) implements YamlValue {
        @Override
        public String shown() {
            String oneLine = text.strip().lines().findFirst().orElse("");
            return type == ScalarType.NULL
                    ? "nothing"
                    : oneLine.length() > 60 ? oneLine.substring(0, 60) + "..." : oneLine;
        }
    }

    /** What a scalar looks like. A quoted one is text whatever it looks like. */
    enum ScalarType {
        TEXT,
        NUMBER,
        TRUTH,
        NULL
    }

    record Sequence(int line, List<YamlValue> elements) implements YamlValue {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /** Its fields and the lines of their keys, in the order of the file. */
    record Mapping(int line, Map<String, YamlValue> fields, Map<String, Integer> keyLines) implements YamlValue {
        @Override
        public String shown() {
            return "a mapping";
        }
    }
}
