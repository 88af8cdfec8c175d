package dev.plait.correlator.slo.sli;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Optional;

/**
 * Compiles {@code where} texts: CEL (github.com/google/cel-spec, the standard functions, of the macros {@code has},
 * {@code exists} and {@code all}) over the variables of {@link Slot.Kind}. The result must be a bool. Limits: 8 Ki characters,
 * 1000 nodes, 64 levels, 1000 turns of all loops of one evaluation, patterns as {@link RegexCost} says.
 */
sealed interface Expression {
    /** Fit to be evaluated. */
    record Compiled(Predicate predicate) implements Expression {}

    /** Unfit. {@code reason} begins with the position. */
    record Refused(String reason) implements Expression {}

    static Expression of(String where) {
        return where.isBlank() ? new Compiled(Predicate.ALWAYS) : Environment.compile(where);
    }

    /** The compiler and the runtime; both are made once and can be shared by threads. */
    final class Environment {
        private static final int MAX_NODES = 1000;
        private static final int MAX_MESSAGE = 200;

        private static final CelOptions LIMITS = CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .maxExpressionCodePointSize(8 * 1024)
                .maxParseRecursionDepth(64)
                .maxParseExpressionNodeCount(MAX_NODES)
                .comprehensionMaxIterations(1000)
                .maxRegexProgramSize(RegexCost.MAX_PROGRAM)
                .build();

        private static final CelCompiler COMPILER = compiler();
        private static final CelRuntime RUNTIME =
                CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(LIMITS).build();

        private Environment() {}

        private static CelCompiler compiler() {
            CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(LIMITS)
                    .setStandardMacros(CelStandardMacro.HAS, CelStandardMacro.EXISTS, CelStandardMacro.ALL)
                    .setResultType(SimpleType.BOOL);
            for (Slot.Kind kind : Slot.Kind.values()) {
                switch (kind) {
                    case STATUS -> builder.addVar(kind.variable(), SimpleType.INT);
                    case ERROR -> builder.addVar(kind.variable(), SimpleType.BOOL);
                    case TAGS -> builder.addVar(kind.variable(), MapType.create(SimpleType.STRING, SimpleType.STRING));
                    case ATTRIBUTES ->
                        builder.addVar(kind.variable(), MapType.create(SimpleType.STRING, SimpleType.DYN));
                    case EITHER -> {}
                    default -> builder.addVar(kind.variable(), SimpleType.STRING);
                }
            }
            return builder.build();
        }

        private static Expression compile(String where) {
            CelValidationResult result = COMPILER.compile(where);
            if (result.hasError()) {
                CelIssue issue = result.getErrors().get(0);
                return refused(issue.getSourceLocation(), issue.getMessage());
            }
            try {
                CelAbstractSyntaxTree tree = result.getAst();
                if (!tree.getResultType().equals(SimpleType.BOOL)) {
                    return refused(CelSourceLocation.of(1, 0), "the result may be anything; compare it with something");
                }
                Optional<PatternCheck.Found> pattern = PatternCheck.of(tree.getExpr());
                if (pattern.isPresent()) {
                    return refused(
                            locationOf(tree, pattern.get().nodeId()),
                            pattern.get().problem());
                }
                return new Compiled(
                        new Predicate(Optional.of(RUNTIME.createProgram(tree)), ExpressionReads.of(tree.getExpr())));
            } catch (CelValidationException | CelEvaluationException unfit) {
                return refused(CelSourceLocation.of(1, 0), unfit.getMessage());
            }
        }

        private static CelSourceLocation locationOf(CelAbstractSyntaxTree tree, long nodeId) {
            return Optional.ofNullable(tree.getSource().getPositionsMap().get(nodeId))
                    .flatMap(offset -> tree.getSource().getOffsetLocation(offset))
                    .orElse(CelSourceLocation.of(1, 0));
        }

        private static Refused refused(CelSourceLocation at, String message) {
            String line = message.lines().findFirst().orElse("not an expression");
            return new Refused("line " + Math.max(1, at.getLine()) + ", column " + (Math.max(0, at.getColumn()) + 1)
                    + ": " + (line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "..." : line));
        }
    }
}
