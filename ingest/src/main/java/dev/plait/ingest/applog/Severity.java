package dev.plait.ingest.applog;

import dev.plait.ingest.accesslog.AnsiColour;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * OTLP's {@code severity_number} (1 to 24) of what programs call the level of a log. Numbers are syslog's from 0 to 7 (GELF),
 * pino's and bunyan's from 10 to 69, Monolog's and Google's from 100. Source: OpenTelemetry logs data model, "Mapping of
 * SeverityNumber", and its appendix B.
 *
 * @param text as it came; of a number, the short name of its range
 * @param number 0 when the text is not known
 */
record Severity(String text, int number) {
    /** Of a log that says nothing of it. */
    static final Severity NONE = new Severity("", 0);

    private static final String[] SHORT_NAMES = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
    private static final int[] SYSLOG = {21, 19, 18, 17, 13, 10, 9, 5};
    private static final int[] PINO = {1, 5, 9, 13, 17, 21};
    private static final int[] APPLICATION_INSIGHTS = {5, 9, 13, 17, 21};
    private static final char ESCAPE = 0x1b;
    static final int INFO = 9;

    private static final int MOST = 24;
    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        names(1, "trace finest verbose silly all t trc trce vrb");
        names(3, "finer");
        names(5, "debug fine d dbug dbg");
        names(8, "config");
        names(INFO, "info information informational i inf log notset default");
        names(10, "notice success");
        names(13, "warn warning w wrn");
        names(17, "error err severe e fail");
        names(18, "critical crit dpanic");
        names(19, "alert panic pnc");
        names(21, "fatal emergency emerg f ftl");
    }

    static Severity ofText(String text) {
        String level = plain(text).strip(); // ECS lets loggers indent it
        Integer number = NUMBERS.get(level.toLowerCase(Locale.ROOT));
        return new Severity(level, number == null ? between(level) : number);
    }

    /** Without the colours in which loggers for terminals write levels. */
    private static String plain(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return text;
        }
        byte[] coloured = text.getBytes(StandardCharsets.UTF_8);
        return new String(AnsiColour.strip(coloured, 0, coloured.length), StandardCharsets.UTF_8);
    }

    /** Of {@code INFO+2}, as Go's slog names what lies between its levels, which are as far apart as OTLP's ranges. */
    private static int between(String text) {
        int sign = Math.max(text.indexOf('+'), text.indexOf('-'));
        int digits = text.length() - sign - 1;
        if (sign < 1 || digits < 1 || digits > 2) {
            return 0;
        }
        Integer base = NUMBERS.get(text.substring(0, sign).toLowerCase(Locale.ROOT));
        int steps = 0;
        for (int i = sign + 1; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            steps = steps * 10 + digit;
        }
        int number = base == null ? 0 : base + (text.charAt(sign) == '+' ? steps : -steps);
        return base == null ? 0 : Math.min(MOST, Math.max(1, number));
    }

    /** Empty when no known scale has it. */
    private static Optional<Severity> ofLevel(long level) {
        if (level >= 0 && level < SYSLOG.length) {
            return ofNumber(SYSLOG[(int) level]);
        }
        if (level >= 10 && level < 70) {
            return ofNumber(PINO[(int) level / 10 - 1]);
        }
        return level >= 100 && level <= 800 ? ofNumber(hundreds(level)) : Optional.empty();
    }

    /**
     * Of a level that is a number under this name: Application Insights' {@code severityLevel} is 0 (Verbose) to 4 (Critical),
     * {@code Severity} of OpenTelemetry's exporter for Go to standard output is OTLP's; empty when no known scale has it.
     */
    static Optional<Severity> ofNamed(String name, long level) {
        if (name.equals("severityLevel")) {
            boolean known = level >= 0 && level < APPLICATION_INSIGHTS.length;
            return known ? ofNumber(APPLICATION_INSIGHTS[(int) level]) : Optional.empty();
        }
        return name.equals("Severity") && level > SYSLOG.length && level <= MOST ? ofNumber(level) : ofLevel(level);
    }

    /** Of OTLP's own number. */
    static Optional<Severity> ofNumber(long number) {
        return number < 1 || number > MOST
                ? Optional.empty()
                : Optional.of(new Severity(SHORT_NAMES[((int) number - 1) / 4], (int) number));
    }

    private static int hundreds(long level) {
        if (level < 200) {
            return 5;
        }
        if (level < 300) {
            return level < 250 ? 9 : 10;
        }
        return level < 400 ? 13 : level < 500 ? 17 : level < 550 ? 18 : level < 600 ? 19 : 21;
    }

    private static void names(int number, String names) {
        for (String name : names.split(" ", -1)) {
            NUMBERS.put(name, number);
        }
    }
}
