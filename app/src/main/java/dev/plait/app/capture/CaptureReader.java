package dev.plait.app.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads a capture file, a line at a time. Empty lines are passed over and unknown fields ignored, so that a later writer may
 * add some; {@code topic}, {@code timestamp} and {@code value} must be there.
 */
public final class CaptureReader implements RecordSource {
    /** Values are whatever was on a topic: deep, long and odd JSON too, as long as its line is not too long. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(LineReader.MAX_LINE_BYTES)
                    .maxStringLength(LineReader.MAX_LINE_BYTES)
                    .maxNumberLength(LineReader.MAX_LINE_BYTES)
                    .maxNameLength(LineReader.MAX_LINE_BYTES)
                    .build())
            .build();

    private final LineReader lines;

    /** @param file the name to give in messages */
    public CaptureReader(InputStream in, String file) {
        this.lines = new LineReader(in, file);
    }

    @Override
    public Optional<CapturedRecord> next() throws IOException {
        Optional<byte[]> line = lines.next();
        while (line.isPresent() && isBlank(line.get())) {
            line = lines.next();
        }
        return line.isPresent() ? Optional.of(parse(line.get())) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static boolean isBlank(byte[] line) {
        for (byte character : line) {
            if (character != ' ' && character != '\t') {
                return false;
            }
        }
        return true;
    }

    private CapturedRecord parse(byte[] line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw lines.problem("a capture line is a JSON object, got " + shown(parser));
            }
            CapturedRecord read = new Fields(new BytesOfJson(parser, line)).read();
            if (parser.nextToken() != null) {
                throw lines.problem("one JSON object a line, found another value behind it");
            }
            return read;
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw lines.problem("not JSON at column " + column + ": " + oneLine(e.getOriginalMessage()));
        } catch (BytesOfJson.WrongValue e) {
            throw lines.problem(e.getMessage());
        }
    }

    private static String oneLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static String shown(JsonParser parser) throws IOException {
        return parser.currentToken() == null ? "nothing" : parser.getText();
    }

    /** The fields of one line as they come. */
    private static final class Fields {
        private final BytesOfJson bytes;
        private Optional<String> topic = Optional.empty();
        private OptionalLong timestamp = OptionalLong.empty();
        private Optional<byte[]> key = Optional.empty();
        private final List<CapturedRecord.Header> headers = new ArrayList<>();
        private Optional<byte[]> value = Optional.empty();
        private boolean valueSeen;
        private OptionalInt partition = OptionalInt.empty();
        private OptionalLong offset = OptionalLong.empty();

        Fields(BytesOfJson bytes) {
            this.bytes = bytes;
        }

        CapturedRecord read() throws IOException, BytesOfJson.WrongValue {
            for (String name = bytes.nextName(); !name.isEmpty(); name = bytes.nextName()) {
                take(name);
            }
            if (topic.isEmpty()) {
                throw new BytesOfJson.WrongValue("\"topic\" is missing, expected a topic name");
            }
            if (timestamp.isEmpty()) {
                throw new BytesOfJson.WrongValue("\"timestamp\" is missing, expected milliseconds since the epoch");
            }
            if (!valueSeen) {
                throw new BytesOfJson.WrongValue(
                        "\"value\" is missing, expected text, {\"base64\": \"...\"}, JSON or null");
            }
            return new CapturedRecord(topic.get(), timestamp.getAsLong(), key, headers, value, partition, offset);
        }

        private void take(String name) throws IOException, BytesOfJson.WrongValue {
            switch (name) {
                case "topic" -> topic = Optional.of(bytes.topic(name));
                case "timestamp" -> timestamp = OptionalLong.of(bytes.integer(name));
                case "key" -> key = bytes.textOrBase64(name);
                case "headers" -> readHeaders(name);
                case "value" -> {
                    value = bytes.value(name);
                    valueSeen = true;
                }
                case "partition" -> partition = bytes.optionalInt(name);
                case "offset" -> offset = bytes.optionalInteger(name);
                default -> bytes.skip();
            }
        }

        private void readHeaders(String name) throws IOException, BytesOfJson.WrongValue {
            if (!bytes.startsObject(name)) {
                return;
            }
            for (String header = bytes.nextName(); !header.isEmpty(); header = bytes.nextName()) {
                headers.add(new CapturedRecord.Header(header, bytes.textOrBase64(header)));
            }
        }
    }
}
