package dev.plait.correlator.slo;

import java.util.Map;
import java.util.TreeMap;

/**
 * The text by which one SLO, or one group of it, is known: {@code name} or {@code name/region=eu,route=pay-v1}, sorted by
 * name. Characters that have a meaning in it (percent, slash, comma, equals) and control characters are written as
 * {@code %XX}, so that different groups never have the same key.
 */
final class SloKey {
    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private SloKey() {}

    static String of(String slo, Map<String, String> group) {
        StringBuilder key = new StringBuilder(64);
        escape(slo, key);
        char separator = '/';
        for (Map.Entry<String, String> part : new TreeMap<>(group).entrySet()) {
            key.append(separator);
            escape(part.getKey(), key);
            key.append('=');
            escape(part.getValue(), key);
            separator = ',';
        }
        return key.toString();
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter < ' ' || letter == 0x7F || letter == '%' || letter == '/' || letter == ',' || letter == '=') {
                out.append('%').append(DIGITS[letter >> 4]).append(DIGITS[letter & 15]);
            } else {
                out.append(letter);
            }
        }
    }
}
