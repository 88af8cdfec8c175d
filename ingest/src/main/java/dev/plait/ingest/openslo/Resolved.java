package dev.plait.ingest.openslo;

import dev.plait.schemas.model.SloDefinition;
import java.util.List;

/**
 * What some OpenSLO files say.
 *
 * @param definitions those without a problem, in the order of the files, all effective from 0
 * @param expressions the CEL texts of {@code definitions}, which are not looked into here
 * @param problems all of them, by file and line
 */
public record Resolved(List<SloDefinition> definitions, List<Expression> expressions, List<Problem> problems) {
    public Resolved {
        definitions = List.copyOf(definitions);
        expressions = List.copyOf(expressions);
        problems = List.copyOf(problems);
    }

    /** A {@code where} text and where it stands. */
    public record Expression(String slo, String where, String file, int line, String key) {
        /** What is said of the text, as a problem at its place. */
        public Problem problem(String message) {
            return new Problem(file, line, key, message);
        }
    }
}
