package dev.plait.app.capture;

import java.util.regex.Pattern;

/** Which texts Kafka takes as the name of a topic: 1 to 249 of letters, digits, {@code . _ -}, not {@code .} or {@code ..}. */
final class TopicName {
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private TopicName() {}

    static boolean isLegal(String text) {
        return LEGAL.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }
}
