package dev.plait.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Makes the topics of all inputs, as a user does with {@code plait topics create --inputs}. */
final class InputTopics {
    private InputTopics() {}

    /** On the Kafka at an address. */
    static void create(String bootstrap) {
        run("--bootstrap", bootstrap);
    }

    /** Those of a configuration file, on its Kafka. */
    static void createOf(String config) {
        run("--config", config);
    }

    private static void run(String option, String value) {
        StringWriter err = new StringWriter();
        int code = Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "topics",
                "create",
                "--inputs",
                option,
                value);
        assertThat(code).as(err.toString()).isZero();
    }
}
