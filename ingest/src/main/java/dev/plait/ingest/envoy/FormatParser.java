package dev.plait.ingest.envoy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the text of a format into literals and operators, in turn: there is one literal more than operators, the first and the
 * last may be empty. {@code %%} is a percent sign. An operator is {@code %NAME%}, {@code %NAME(argument)%}, either with
 * {@code :length} before the last percent sign.
 */
final class FormatParser {
    static final int MAX_OPERATORS = 64;

    private static final int MAX_LENGTH = 8192;
    private static final Pattern OPERATOR = Pattern.compile("%([A-Z0-9_]+)(?:\\((.*?)\\))?(?::\\d{1,6})?%");

    final List<byte[]> literals = new ArrayList<>();
    final List<Operator> operators = new ArrayList<>();

    /** @throws IllegalArgumentException with a clause that says what is wrong, and where */
    FormatParser(String format) {
        if (format.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("it is longer than " + MAX_LENGTH + " characters");
        }
        Matcher operator = OPERATOR.matcher(format);
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c == '\n' || c == '\r') {
                throw new IllegalArgumentException(
                        "a line ends at character " + at + ", and a log of more than one cannot be read");
            }
            if (c != '%') {
                literal.append(c);
                at++;
            } else if (format.startsWith("%%", at)) {
                literal.append('%');
                at += 2;
            } else if (operator.region(at, format.length()).lookingAt()) {
                add(literal, operator, at);
                at = operator.end();
            } else {
                throw new IllegalArgumentException("no operator begins with the % at character " + at);
            }
        }
        if (operators.isEmpty()) {
            throw new IllegalArgumentException("it has no operators, such as %RESPONSE_CODE%");
        }
        literals.add(literal.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void add(StringBuilder literal, Matcher operator, int at) {
        if (literal.length() == 0 && !operators.isEmpty()) {
            throw new IllegalArgumentException("nothing tells where " + last().text() + " ends and " + operator.group()
                    + " begins, at character " + at);
        }
        if (operators.size() == MAX_OPERATORS) {
            throw new IllegalArgumentException("it has more than " + MAX_OPERATORS + " operators");
        }
        literals.add(literal.toString().getBytes(StandardCharsets.UTF_8));
        literal.setLength(0);
        String argument = operator.group(2);
        operators.add(Operator.of(operator.group(), operator.group(1), argument == null ? "" : argument));
    }

    private Operator last() {
        return operators.get(operators.size() - 1);
    }
}
