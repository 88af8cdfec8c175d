package dev.plait.correlator.measure;

import dev.plait.schemas.model.ListText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number that an attribute holds, in billionths: a long, a finite double (as its shortest decimal, so that 19.99 is
 * 19.99), or a text that is a decimal number of at most {@value #MAX_CHARS} characters, also alone in a list. Rounded half to
 * even where it has more than nine digits after the point; each by itself, so that no sum depends on the order of its terms.
 */
final class MeasureValue {
    static final int SCALE = 9;
    private static final int MAX_DIGITS_BEFORE_POINT = 18;
    private static final int MAX_CHARS = 64;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private MeasureValue() {}

    /** Empty when it is no number. */
    static Optional<BigDecimal> number(Object value) {
        if (value instanceof Long whole) {
            return Optional.of(BigDecimal.valueOf(whole));
        }
        if (value instanceof Double real) {
            return Double.isFinite(real) ? Optional.of(BigDecimal.valueOf(real)) : Optional.empty();
        }
        String text = value instanceof String string ? ListText.joined(string.strip()) : "";
        return text.length() <= MAX_CHARS && NUMBER.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /** Empty when it is out of range: 10^18 or more, of either sign. */
    static Optional<BigInteger> billionths(BigDecimal number) {
        return number.signum() != 0 && number.precision() - number.scale() > MAX_DIGITS_BEFORE_POINT
                ? Optional.empty()
                : Optional.of(number.setScale(SCALE, RoundingMode.HALF_EVEN).unscaledValue());
    }
}
