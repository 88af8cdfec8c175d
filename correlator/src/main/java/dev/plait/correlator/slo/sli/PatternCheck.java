package dev.plait.correlator.slo.sli;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelExprVisitor;
import java.util.Optional;

/** Looks at the patterns of {@code matches}: each must be a literal, so that a request cannot bring its own, and small. */
final class PatternCheck extends CelExprVisitor {
    private Optional<Found> first = Optional.empty();

    private PatternCheck() {}

    /** What is wrong, and with which node. */
    record Found(long nodeId, String problem) {}

    static Optional<Found> of(CelExpr expression) {
        PatternCheck check = new PatternCheck();
        check.visit(expression);
        return check.first;
    }

    @Override
    protected void visit(CelExpr expression, CelCall call) {
        if (call.function().equals("matches") && first.isEmpty()) {
            CelExpr pattern = call.args().get(call.args().size() - 1);
            problem(pattern).ifPresent(problem -> first = Optional.of(new Found(pattern.id(), problem)));
        }
        super.visit(expression, call);
    }

    private static Optional<String> problem(CelExpr pattern) {
        if (pattern.getKind() != Kind.CONSTANT || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return Optional.of("the pattern of matches must be a literal text");
        }
        return RegexCost.problem(pattern.constant().stringValue());
    }
}
