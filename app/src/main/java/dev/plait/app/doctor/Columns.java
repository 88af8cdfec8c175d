package dev.plait.app.doctor;

import dev.plait.app.view.Printable;
import java.util.ArrayList;
import java.util.List;

/** Rows with aligned columns: the first to the left, the others to the right. Cells are made safe to print and cut. */
final class Columns {
    private static final String INDENT = "  ";
    private static final int MAX_FIRST = 34;
    private static final int MAX_OTHER = 14;

    private final List<List<String>> rows = new ArrayList<>();

    Columns(String... head) {
        rows.add(List.of(head));
    }

    void add(String... cells) {
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Printable.of(cell, row.isEmpty() ? MAX_FIRST : MAX_OTHER));
        }
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, lines.isEmpty() ? "" : INDENT, widths));
        }
        return lines;
    }

    /** The head stands at the edge, so that sections are seen. */
    private static String line(List<String> row, String indent, int[] widths) {
        StringBuilder line = new StringBuilder(indent).append(row.get(0));
        line.append(" ".repeat(INDENT.length() + widths[0] - line.length()));
        for (int i = 1; i < widths.length; i++) {
            line.append("  ")
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
