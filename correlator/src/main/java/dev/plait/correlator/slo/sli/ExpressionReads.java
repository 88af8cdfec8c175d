package dev.plait.correlator.slo.sli;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelIdent;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelExprVisitor;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds what an expression reads, by walking it once. {@code attributes["x"]}, {@code attributes.x}, {@code has(attributes.x)}
 * and {@code "x" in attributes} read one key; a map in any other place reads the whole map. Too much may be found (a variable
 * of a macro may hide a field's name), never too little. Recursion is bounded by the compiler's limit of nodes.
 */
final class ExpressionReads extends CelExprVisitor {
    private static final String INDEX = "_[_]";
    private static final String IN = "@in";

    private final TreeSet<Slot> slots = new TreeSet<>();
    private boolean wholeMap;

    private ExpressionReads() {}

    static Reads of(CelExpr expression) {
        ExpressionReads reads = new ExpressionReads();
        reads.visit(expression);
        return new Reads(reads.slots, reads.wholeMap);
    }

    @Override
    protected void visit(CelExpr expression, CelIdent ident) {
        Optional<Slot.Kind> kind = kind(expression);
        if (kind.filter(Slot.Kind::isMap).isPresent()) {
            wholeMap = true;
        } else {
            kind.ifPresent(one -> slots.add(Slot.of(one)));
        }
    }

    @Override
    protected void visit(CelExpr expression, CelSelect select) {
        if (!readsKey(select.operand(), select.field())) {
            super.visit(expression, select);
        }
    }

    @Override
    protected void visit(CelExpr expression, CelCall call) {
        List<CelExpr> args = call.args();
        boolean readsKey = call.function().equals(INDEX) && readsConstantKey(args.get(0), args.get(1))
                || call.function().equals(IN) && readsConstantKey(args.get(1), args.get(0));
        if (!readsKey) {
            super.visit(expression, call);
        }
    }

    private boolean readsConstantKey(CelExpr map, CelExpr key) {
        return key.getKind() == Kind.CONSTANT
                && key.constant().getKind() == CelConstant.Kind.STRING_VALUE
                && readsKey(map, key.constant().stringValue());
    }

    /** Notes one key of a map of the request; false when it is something else. */
    private boolean readsKey(CelExpr map, String key) {
        Optional<Slot.Kind> kind = kind(map).filter(Slot.Kind::isMap);
        kind.ifPresent(one -> slots.add(new Slot(one, key)));
        return kind.isPresent();
    }

    /** What a name stands for; a leading dot is CEL's way of saying that no container is meant. */
    private static Optional<Slot.Kind> kind(CelExpr expression) {
        if (expression.getKind() != Kind.IDENT) {
            return Optional.empty();
        }
        String name = expression.ident().name();
        return Slot.Kind.ofVariable(name.startsWith(".") ? name.substring(1) : name);
    }
}
