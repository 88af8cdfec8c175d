package dev.plait.ingest.applog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.plait.ingest.accesslog.ContainerLine;
import dev.plait.ingest.accesslog.ShortJson;
import dev.plait.ingest.otlp.LogTraces;
import dev.plait.ingest.span.SpanText;
import dev.plait.ingest.traceid.PropagatedContext;
import dev.plait.ingest.traceid.PropagatedContext.Sampling;
import dev.plait.schemas.wire.ProtoReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds the trace of an OTLP record that a collector made of a program's log: by the names that {@link AppLogDecoder} knows,
 * among the record's attributes, in its body if that is a map, else in the JSON that is the body's text, or stands in it behind
 * the prefix of a container runtime. Only records that hold {@code race} are looked into. Source: opentelemetry-proto logs/v1,
 * common/v1; the collector's filelog receiver and JSON parser, which leave IDs where they found them.
 */
public final class OtlpLogTraces implements LogTraces {
    private static final int BODY = 5 << 3 | ProtoReader.LEN;
    private static final int ATTRIBUTE = 6 << 3 | ProtoReader.LEN;
    private static final int KEY = 1 << 3 | ProtoReader.LEN;
    private static final int VALUE = 2 << 3 | ProtoReader.LEN;
    private static final int STRING = 1 << 3 | ProtoReader.LEN;
    private static final int INT = 3 << 3 | ProtoReader.VARINT;
    private static final int MAP = 6 << 3 | ProtoReader.LEN;
    private static final int ENTRY = 1 << 3 | ProtoReader.LEN;
    private static final String BODY_PATH = "body";

    private final AppLog log = new AppLog();
    private final FieldNames names = new FieldNames();
    private final LogInterpreter interpreter = new LogInterpreter(names, Optional.empty());
    private final ObjectReader objects = new ObjectReader(log, names, interpreter);
    private final ShortJson texts = new ShortJson();
    private int broken;

    @Override
    public void begin() {
        broken = 0;
        objects.begin();
    }

    @Override
    public Optional<PropagatedContext> of(byte[] bytes, int offset, int length) {
        if (!mayName(bytes, offset, offset + length)) {
            return Optional.empty();
        }
        log.clear();
        ProtoReader in = new ProtoReader().reset(bytes, offset, length);
        ProtoReader text = new ProtoReader().reset(bytes, offset, 0);
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case ATTRIBUTE -> entry("", nested(in));
                case BODY -> text = value(BODY_PATH, nested(in));
                default -> in.skip(tag);
            }
        }
        interpreter.interpret(log);
        if (log.trace.isEmpty() && broken < ObjectReader.MAX_BROKEN && text.hasNext()) {
            readText(bytes, text.position(), text.end());
        }
        return log.trace.map(trace -> new PropagatedContext(trace, log.spanId, Sampling.UNKNOWN));
    }

    /** Whether {@code race} is in it, as in most names of a trace ID, in small or capital letters. */
    private static boolean mayName(byte[] bytes, int from, int to) {
        for (int i = from + 1; i < to - 2; i++) {
            if ((bytes[i] | 0x20) == 'a'
                    && (bytes[i - 1] | 0x20) == 'r'
                    && (bytes[i + 1] | 0x20) == 'c'
                    && (bytes[i + 2] | 0x20) == 'e') {
                return true;
            }
        }
        return false;
    }

    /** An entry of attributes or of a map; {@code prefix} stands before its key. */
    private void entry(String prefix, ProtoReader in) {
        String path = prefix;
        ProtoReader value = new ProtoReader();
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case KEY -> {
                    ProtoReader key = nested(in);
                    path = prefix + text(key);
                }
                case VALUE -> value = nested(in);
                default -> in.skip(tag);
            }
        }
        if (path.length() <= SpanText.MAX_NAME) {
            value(path, value);
        }
    }

    /** Keeps what has a meaning; returns what of it is text, or nothing. The scanner has bounded the depth of maps. */
    private ProtoReader value(String path, ProtoReader in) {
        ProtoReader text = new ProtoReader();
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case STRING -> {
                    text = nested(in);
                    if (names.of(path).isPresent()) {
                        log.field(path, text(text));
                    }
                }
                case INT -> {
                    long number = in.varint();
                    if (names.of(path).isPresent()) {
                        log.field(path, number);
                    }
                }
                case MAP -> {
                    ProtoReader map = nested(in);
                    while (map.hasNext()) {
                        int member = map.tag();
                        if (member == ENTRY) {
                            entry(path + '.', nested(map));
                        } else {
                            map.skip(member);
                        }
                    }
                }
                default -> in.skip(tag);
            }
        }
        return text;
    }

    /** Reads JSON, also in a line of a container runtime; other texts name nothing. */
    private void readText(byte[] bytes, int from, int to) {
        int start =
                ContainerLine.of(bytes, from, to).map(ContainerLine::contentAt).orElse(from);
        if (start < to && bytes[start] == '{') {
            readJson(bytes, start, to);
        }
    }

    private void readJson(byte[] bytes, int from, int to) {
        JsonParser parser = texts.open(bytes, from, to);
        try {
            parser.nextToken();
            if (objects.read(parser).isPresent()) {
                log.clear();
            }
        } catch (JsonProcessingException noJson) {
            broken++;
            log.clear();
        } catch (IOException impossible) {
            throw new IllegalStateException("an array is read without input or output", impossible);
        }
    }

    private static ProtoReader nested(ProtoReader in) {
        int length = in.length();
        ProtoReader inner = new ProtoReader().reset(in.bytes(), in.position(), length);
        in.advance(length);
        return inner;
    }

    private static String text(ProtoReader in) {
        return new String(in.bytes(), in.position(), in.end() - in.position(), StandardCharsets.UTF_8);
    }
}
