package dev.plait.docker;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of an {@code ENV} instruction. */
final class Variables {
    private static final Pattern VARIABLE = Pattern.compile("([A-Z0-9_]+)=(?:\"([^\"]*)\"|(\\S*))");

    private Variables() {}

    static Map<String, String> of(String arguments) {
        Map<String, String> variables = new TreeMap<>();
        Matcher matcher = VARIABLE.matcher(arguments);
        while (matcher.find()) {
            variables.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
        }
        return variables;
    }
}
