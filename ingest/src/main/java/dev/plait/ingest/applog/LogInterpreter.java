package dev.plait.ingest.applog;

import dev.plait.ingest.accesslog.TimeText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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
    // in one order, whatever the process: equal logs shall have equal bytes
    private static final Map<LogField, String> ATTRIBUTES = new EnumMap<>(Map.of(
            LogField.STACK_TRACE, "exception.stacktrace",
            LogField.EXCEPTION_TYPE, "exception.type",
            LogField.EXCEPTION_MESSAGE, "exception.message",
            LogField.ERROR_TYPE, "error.type",
            LogField.THREAD, "thread.name"));
    private static final Map<LogField, String> RESOURCE = new EnumMap<>(Map.of(
            LogField.SERVICE, "service.name",
            LogField.SERVICE_VERSION, "service.version",
            LogField.ENVIRONMENT, "deployment.environment.name",
            LogField.POD, "k8s.pod.name",
            LogField.POD_UID, "k8s.pod.uid",
            LogField.NAMESPACE, "k8s.namespace.name",
            LogField.CONTAINER, "k8s.container.name",
            LogField.NODE, "k8s.node.name"));
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
    /** Of each meaning the field that counts. */
    private final Map<LogField, Found> first = new EnumMap<>(LogField.class);

    LogInterpreter(FieldNames names, Optional<TimeFormat> timeFormat) {
        this.names = names;
        this.timeFormat = timeFormat;
    }

    /** Returns whether anything in the fields says that this is a log. */
    boolean interpret(AppLog log) {
        found.clear();
        first.clear();
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
        for (Found one : found) {
            first.putIfAbsent(one.field(), one);
        }
        Found message = first.get(LogField.MESSAGE);
        if (message != null) {
            message(message, log);
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

    private Optional<Found> first(LogField field) {
        return Optional.ofNullable(first.get(field));
    }

    /** Puts what is the resource's there, and gives attributes of a meaning the name that it has in OpenTelemetry. */
    private static void name(Found one, AppLog log) {
        String resource = RESOURCE.get(one.field());
        String attribute = ATTRIBUTES.get(one.field());
        if (resource != null) {
            log.resource.put(resource, one.text());
            log.fields.remove(one.path);
        } else if (attribute != null) {
            rename(one, attribute, log);
        }
    }

    private static void rename(Found one, String key, AppLog log) {
        if (!one.path.equals(key) && !log.fields.containsKey(key)) {
            log.fields.remove(one.path);
            log.fields.put(key, one.value);
        }
    }

    private void time(AppLog log) {
        Optional<Found> second =
                first(LogField.EPOCH_SECOND).filter(one -> one.whole().isPresent());
        if (second.isPresent() && second.get().whole().getAsLong() < MAX_SECOND) {
            Optional<Found> nanos = first(LogField.NANO_OF_SECOND);
            long more = nanos.map(Found::whole).orElse(OptionalLong.empty()).orElse(0);
            log.timeNanos = second.get().whole().getAsLong() * SECOND_NANOS + Math.min(more, SECOND_NANOS - 1);
            log.fields.remove(second.get().path);
            nanos.ifPresent(one -> log.fields.remove(one.path));
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
        Found level = first.get(LogField.LEVEL);
        Optional<Severity> named = level == null ? Optional.empty() : severity(level);
        if (named.isPresent()) {
            log.severity = named.get();
            log.fields.remove(level.path);
        } else if (level != null) {
            log.count("bad_level");
        }
        Found number = first.get(LogField.SEVERITY_NUMBER);
        if (number != null) {
            severityNumber(number, named, log);
        } else if (level == null && !datadogLevel(log) && isCompact()) {
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
        Found time = first.get(LogField.TIME);
        return time != null && time.path.equals("@t");
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
            return Severity.ofLevel(whole.getAsLong());
        }
        return Optional.of(Severity.ofText(level.text().toUpperCase(Locale.ROOT).equals("NULL") ? "" : level.text()));
    }
}
