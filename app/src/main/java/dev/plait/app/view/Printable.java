package dev.plait.app.view;

/**
 * Text from telemetry made safe to print: control characters, which could move the cursor or end the line, become a middle
 * dot, and what is too long is cut visibly.
 */
public final class Printable {
    private Printable() {}

    public static String of(String text, int maxLength) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), maxLength) + 1);
        for (int i = 0; i < text.length() && i < maxLength; i++) {
            char character = text.charAt(i);
            printable.append(Character.isISOControl(character) || isDirectional(character) ? '·' : character);
        }
        return text.length() > maxLength ? printable.append('…').toString() : printable.toString();
    }

    /** Marks that reorder the text around them. */
    private static boolean isDirectional(char character) {
        return character >= '\u202a' && character <= '\u202e' || character >= '\u2066' && character <= '\u2069';
    }
}
