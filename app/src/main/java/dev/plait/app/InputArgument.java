package dev.plait.app;

import dev.plait.app.backtest.LatestTime;
import dev.plait.app.capture.CaptureReader;
import dev.plait.app.capture.RawSource;
import dev.plait.app.capture.RecordSource;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code --input} of a backtest: a capture file, or {@code TOPIC=FILE} for a raw one. A file that is there under the whole
 * text is a capture, whatever it is named.
 */
record InputArgument(Optional<String> topic, String file) {
    private static final Pattern RAW = Pattern.compile("([a-zA-Z0-9._-]{1,249})=(.+)");

    static InputArgument of(String text) {
        Matcher raw = RAW.matcher(text);
        return raw.matches() && !Files.exists(Path.of(text))
                ? new InputArgument(Optional.of(raw.group(1)), raw.group(2))
                : new InputArgument(Optional.empty(), text);
    }

    RecordSource open(PlaitConfig config) throws IOException, WrongUsage {
        if (topic.isEmpty()) {
            return new CaptureReader(FileArgument.input(file), file);
        }
        if (config.sources().stream().noneMatch(source -> source.covers(topic.get()))) {
            throw new WrongUsage("--input: no source covers topic '" + topic.get() + "'; the sources are "
                    + config.sources().stream().map(source -> source.topic()).toList());
        }
        return new RawSource(topic.get(), FileArgument.input(file), file, LatestTime.of(config, topic.get()));
    }
}
