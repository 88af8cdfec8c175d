package dev.plait.ingest.applog;

import dev.plait.ingest.accesslog.TimeText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Gives the fields of a log their meaning and takes them out of its attributes. A field that should mean something and cannot
 * be read stays an attribute: a wrong time or level must not lose a log.
 */
final class LogInterpreter {
    private static final Comparator<Found> BY_MEANING =
            Comparator.comparing(Found::field).thenComparing(one -> !one.own).thenComparingInt(one -> one.name.order());
    private static final int MAX_DIGITS = 18;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final double MAX_NUMBER = 1e19;
    private static final long MAX_SECOND = 9_200_000_000L;

    /** A field that has a meaning; {@code own} unless it was said around the log. */
    record Found(FieldNames.Name name, boolean own, String path, Object value) {
        LogField field() {
            return name.field();
        }

        String text() {
            return value.toString();
        }

        /** JSON numbers are decimal, whatever a text of digits would be. */
        boolean isNumber() {
            return value instanceof Long || value instanceof BigInteger;
        }

        OptionalLong whole() {
            String text = text();
            boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS;
            for (int i = 0; digits && i < text.length(); i++) {
                digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
            }
            return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        }
    }

    private final FieldNames names;
    private final Optional<TimeFormat> timeFormat;
    private final TraceFields traces = new TraceFields();
    private final MessageTemplate templates = new MessageTemplate();
    private final List<Found> found = new ArrayList<>();

    LogInterpreter(FieldNames names, Optional<TimeFormat> timeFormat) {
        this.names = names;
        this.timeFormat = timeFormat;
    }

    /** Returns whether anything in the fields says that this is a log. */
    boolean interpret(AppLog log) {
        found.clear();
        int number = 0;
        for (Map.Entry<String, Object> field : log.fields.entrySet()) {
            Optional<FieldNames.Name> name = names.of(field.getKey());
            if (name.isPresent()) {
                found.add(new Found(name.get(), log.isOwn(number), field.getKey(), field.getValue()));
            }
            number++;
        }
        if (found.size() > 1) {
            found.sort(BY_MEANING);
        }
        if (!found.isEmpty() && found.get(0).field() == LogField.MESSAGE) {
            message(found.get(0), log);
        }
        time(log);
        level(log);
        traces.read(found, log);
        // in the order of the meanings, as the same log is to have the same bytes everywhere
        for (int i = 0; i < found.size(); i++) {
            Found one = found.get(i);
            if (i == 0 || found.get(i - 1).field() != one.field()) {
                name(one, log);
            }
        }
        return !found.isEmpty() && found.get(0).field().compareTo(LogField.SERVICE) < 0;
    }

    /** Serilog writes a template where the message is not rendered; by it logs can still be grouped. */
    private void message(Found message, AppLog log) {
        log.fields.remove(message.path);
        String text = message.text();
        boolean compact = message.path.equals("@mt");
        if (compact || message.path.equals("MessageTemplate")) {
            text = templates.rendered(text, log.fields, compact ? "" : "Properties.");
            if (!text.equals(message.text())) {
                log.field("message_template.text", message.text());
            }
        }
        log.append(text);
    }

    /** Of the fields of one meaning the one that counts: they are sorted. */
    private Optional<Found> first(LogField field) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).field() == field) {
                return Optional.of(found.get(i));
            }
        }
        return Optional.empty();
    }

    /** Puts what is the resource's there, and gives attributes of a meaning the name that it has in OpenTelemetry. */
    private static void name(Found one, AppLog log) {
        if (!one.field().resource().isEmpty()) {
            log.resource.put(one.field().resource(), one.text());
            log.fields.remove(one.path);
        } else if (!one.field().attribute().isEmpty()) {
            rename(one, one.field().attribute(), log);
        }
    }

    private static void rename(Found one, String key, AppLog log) {
        if (!one.path.equals(key) && !log.fields.containsKey(key)) {
            log.fields.remove(one.path);
            log.fields.put(key, one.value);
        }
    }

    private void time(AppLog log) {
        Optional<Found> second = first(LogField.EPOCH_SECOND);
        if (second.isPresent() && second.get().whole().orElse(MAX_SECOND) < MAX_SECOND) {
            timeInParts(second.get(), log);
            return;
        }
        boolean any = false;
        for (Found one : found) {
            if (one.field() == LogField.TIME) {
                long nanos = nanos(one.value);
                if (nanos != TimeText.BAD) {
                    log.timeNanos = nanos;
                    log.fields.remove(one.path);
                    return;
                }
                any = true;
            }
        }
        log.count(any ? "bad_time" : "no_time");
    }

    private void timeInParts(Found second, AppLog log) {
        Optional<Found> nanos = first(LogField.NANO_OF_SECOND);
        long more = nanos.map(Found::whole).orElse(OptionalLong.empty()).orElse(0);
        log.timeNanos = second.whole().orElseThrow() * SECOND_NANOS + Math.min(more, SECOND_NANOS - 1);
        log.fields.remove(second.path);
        nanos.ifPresent(one -> log.fields.remove(one.path));
    }

    private long nanos(Object value) {
        String text = value.toString();
        if (value instanceof Double number) {
            // in plain digits, as a double has no room for the nanoseconds of today
            text = number > 0 && number < MAX_NUMBER
                    ? BigDecimal.valueOf(number).toPlainString()
                    : "";
        }
        return nanos(text);
    }

    private long nanos(String written) {
        // .NET's formats of times end with the blank that parts them from a line
        String text = written.strip();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        OptionalLong formatted = timeFormat.map(format -> format.nanos(text)).orElse(OptionalLong.empty());
        return formatted.orElseGet(() -> TimeText.nanos(bytes, 0, bytes.length));
    }

    private void level(AppLog log) {
        Optional<Found> level = first(LogField.LEVEL);
        Optional<Severity> named = level.isPresent() ? severity(level.get()) : Optional.empty();
        if (named.isPresent()) {
            log.severity = named.get();
            log.fields.remove(level.get().path);
        } else if (level.isPresent()) {
            log.count("bad_level");
        }
        Optional<Found> number = first(LogField.SEVERITY_NUMBER);
        if (number.isPresent()) {
            severityNumber(number.get(), named, log);
        } else if (level.isEmpty() && !datadogLevel(log) && isCompact()) {
            // Serilog's compact format leaves the level out when it is Information
            Severity.ofNumber(Severity.INFO).ifPresent(info -> log.severity = info);
        }
    }

    /** Datadog calls the level status, which elsewhere is HTTP's. */
    private static boolean datadogLevel(AppLog log) {
        boolean datadog = log.fields.containsKey("ddsource") || log.fields.containsKey("ddtags");
        if (datadog && log.fields.get("status") instanceof String text) {
            Severity severity = Severity.ofText(text);
            log.severity = severity.number() == 0 ? log.severity : severity;
        }
        return log.severity.number() != 0;
    }

    private boolean isCompact() {
        Optional<Found> time = first(LogField.TIME);
        return time.isPresent() && time.get().path.equals("@t");
    }

    /** OTLP's own number counts, and the text of the level beside it. */
    private static void severityNumber(Found number, Optional<Severity> named, AppLog log) {
        OptionalLong whole = number.whole();
        Optional<Severity> severity = whole.isPresent() ? Severity.ofNumber(whole.getAsLong()) : Optional.empty();
        if (severity.isPresent()) {
            log.severity = new Severity(
                    named.orElse(severity.get()).text(), severity.get().number());
            log.fields.remove(number.path);
        }
    }

    private static Optional<Severity> severity(Found level) {
        OptionalLong whole = level.whole();
        if (whole.isPresent()) {
            return Severity.ofNamed(level.path(), whole.getAsLong());
        }
        return Optional.of(Severity.ofText(level.text().toUpperCase(Locale.ROOT).equals("NULL") ? "" : level.text()));
    }
}
