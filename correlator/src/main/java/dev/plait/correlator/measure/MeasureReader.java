package dev.plait.correlator.measure;

import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.ReceivedLog;
import dev.plait.schemas.model.ReceivedSpan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the numbers of measures from received items. What has the attribute is counted or refused, never passed over. */
public final class MeasureReader {
    private final List<MeasureRule> rules;

    public MeasureReader(List<MeasureRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Takes what was read. */
    public interface Output {
        /**
         * A number to count.
         *
         * @param seriesKey of {@link MeasureKeys}
         * @param timeEpochNanos when the item ended; 0 when unknown
         */
        void measured(String seriesKey, long timeEpochNanos, BigInteger billionths);

        /** An attribute that cannot be counted: {@code not-a-number} or {@code out-of-range}. */
        void ignored(String reason);
    }

    /** Whether any measure may read an item, as its frame's index tells. */
    public boolean reads(int itemFlags) {
        for (MeasureRule rule : rules) {
            if (rule.source().mayRead(itemFlags)) {
                return true;
            }
        }
        return false;
    }

    public void read(ReceivedSpan span, Output out) {
        read(span.attributes(), () -> MeasuredItem.of(span), out);
    }

    public void read(ReceivedLog log, Output out) {
        read(log.attributes(), () -> MeasuredItem.of(log), out);
    }

    /** Most items have none of the attributes, and then nothing is made of them. */
    private void read(Map<String, Object> attributes, Supplier<MeasuredItem> made, Output out) {
        MeasuredItem item = null;
        for (MeasureRule rule : rules) {
            Optional<Object> value = Attributes.named(attributes, rule.attribute());
            if (value.isPresent()) {
                item = item == null ? made.get() : item;
                if (item.source() == rule.source()) {
                    count(rule, value.get(), item, out);
                }
            }
        }
    }

    private static void count(MeasureRule rule, Object value, MeasuredItem item, Output out) {
        Optional<BigDecimal> number = MeasureValue.number(value);
        Optional<BigInteger> billionths = number.flatMap(MeasureValue::billionths);
        if (billionths.isPresent()) {
            out.measured(key(rule, item), item.timeEpochNanos(), billionths.get());
        } else {
            out.ignored(number.isPresent() ? "out-of-range" : "not-a-number");
        }
    }

    private static String key(MeasureRule rule, MeasuredItem item) {
        Map<String, String> series = new HashMap<>();
        series.put("source", rule.source().label());
        rule.by().forEach(name -> item.label(name).ifPresent(value -> series.put(name, value)));
        return MeasureKeys.of(rule.name(), series);
    }
}
