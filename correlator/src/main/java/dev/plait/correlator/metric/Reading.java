package dev.plait.correlator.metric;

import dev.plait.correlator.red.PackedReader;
import dev.plait.correlator.red.PackedWriter;
import dev.plait.schemas.model.ReceivedPoint.Kind;
import java.util.Optional;

/**
 * What one point says it has counted, in a form in which two points of a stream can be compared.
 *
 * @param kind not GAUGE
 * @param layout of a histogram a hash of its bounds, of an exponential one its scale; of a sum 0
 * @param rest of a sum what it counted beyond whole requests, from 0 to below 1; of an exponential histogram the threshold of
 *     its zero bucket; else 0
 */
record Reading(Kind kind, long layout, double rest, Counts counts) {
    private static final int SUM = 0;
    private static final int HISTOGRAM = 1;
    private static final int EXPONENTIAL = 2;

    /** What was counted since {@code earlier}, of the same kind; empty when this did not grow from it: there was a reset. */
    Optional<Counts> since(Reading earlier) {
        return switch (kind) {
            case SUM -> {
                Optional<Counts> more = counts.minus(earlier.counts);
                boolean fell = more.isPresent() && more.get().isEmpty() && rest < earlier.rest;
                yield fell ? Optional.empty() : more;
            }
            case HISTOGRAM -> layout == earlier.layout ? counts.minus(earlier.counts) : Optional.empty();
            case EXPONENTIAL_HISTOGRAM -> sinceExponential(earlier);
            case GAUGE -> throw new IllegalStateException("a gauge counts nothing");
        };
    }

    /** An exponential histogram that goes on gets coarser, or a wider zero bucket, but never finer again. */
    private Optional<Counts> sinceExponential(Reading earlier) {
        if (layout > earlier.layout || rest < earlier.rest) {
            return Optional.empty();
        }
        Counts before = ExponentialSlots.coarser(earlier.counts, (int) (earlier.layout - layout));
        if (rest > earlier.rest) {
            before = ExponentialSlots.widened(before, (int) layout, rest);
        }
        return counts.minus(before);
    }

    void write(PackedWriter out) {
        switch (kind) {
            case SUM -> out.unsigned(SUM);
            case HISTOGRAM -> {
                out.unsigned(HISTOGRAM);
                out.fixed(layout);
            }
            case EXPONENTIAL_HISTOGRAM -> {
                out.unsigned(EXPONENTIAL);
                out.signed(layout);
            }
            case GAUGE -> throw new IllegalStateException("a gauge counts nothing");
        }
        out.unsigned(Double.doubleToLongBits(rest) == 0 ? 0 : 1);
        if (Double.doubleToLongBits(rest) != 0) {
            out.fixed(Double.doubleToLongBits(rest));
        }
        counts.write(out);
    }

    static Reading read(PackedReader in) {
        int kind = (int) in.unsigned();
        long layout = switch (kind) {
            case SUM -> 0;
            case HISTOGRAM -> in.fixed();
            case EXPONENTIAL -> in.signed();
            default -> throw new IllegalStateException("no kind of stream has number " + kind);
        };
        double rest = in.unsigned() == 0 ? 0 : Double.longBitsToDouble(in.fixed());
        Kind known = kind == SUM ? Kind.SUM : kind == HISTOGRAM ? Kind.HISTOGRAM : Kind.EXPONENTIAL_HISTOGRAM;
        return new Reading(known, layout, rest, Counts.read(in));
    }
}
