package dev.plait.correlator.measure;

import dev.plait.correlator.red.PackedReader;
import dev.plait.correlator.red.PackedWriter;
import dev.plait.correlator.red.WindowCounts;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Count and sum of one measure in one series: what one frame added to it, or all of a window. The sum is a whole number of
 * billionths without a limit, so it is exact and the same in any order. Written in about ten bytes. For one thread.
 */
public final class MeasureDelta implements WindowCounts<MeasureDelta> {
    private long count;
    private BigInteger billionths;

    public MeasureDelta() {
        this(0, BigInteger.ZERO);
    }

    private MeasureDelta(long count, BigInteger billionths) {
        this.count = count;
        this.billionths = billionths;
    }

    /** Adds one number, in billionths. */
    public void add(BigInteger more) {
        count++;
        billionths = billionths.add(more);
    }

    @Override
    public void merge(MeasureDelta other) {
        count += other.count;
        billionths = billionths.add(other.billionths);
    }

    public long count() {
        return count;
    }

    public BigDecimal sum() {
        return new BigDecimal(billionths, MeasureValue.SCALE);
    }

    @Override
    public void write(PackedWriter out) {
        out.unsigned(count);
        byte[] bytes = billionths.toByteArray();
        out.unsigned(bytes.length);
        for (byte each : bytes) {
            out.octet(each);
        }
    }

    public static MeasureDelta read(PackedReader in) {
        long count = in.unsigned();
        byte[] bytes = new byte[in.count()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = in.octet();
        }
        return new MeasureDelta(count, new BigInteger(bytes));
    }
}
