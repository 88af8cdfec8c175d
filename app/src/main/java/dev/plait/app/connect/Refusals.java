package dev.plait.app.connect;

import java.util.stream.Collectors;

/** What Kafka Connect says of a configuration that it does not take, as one line without its frame of words. */
final class Refusals {
    private Refusals() {}

    static String of(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && !line.startsWith("Connector configuration is invalid and contains")
                        && !line.startsWith("You can also find the above list of errors"))
                .collect(Collectors.joining("; "));
    }
}
