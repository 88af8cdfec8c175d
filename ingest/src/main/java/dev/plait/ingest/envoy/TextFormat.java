package dev.plait.ingest.envoy;

import static dev.plait.ingest.envoy.TextLine.problem;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A configured format, compiled: lines are matched from end to end and their values set. Values that the proxy makes are words,
 * without blanks and quotes; others, such as headers, may hold anything, also what separates columns.
 *
 * <p>The format is a row of runs, each of literals and words, with a free column between two. A run that begins somewhere
 * either fits there or not, so the columns are found by the first place at which each run fits. If another place fits as well
 * the line could be read in two ways and is AMBIGUOUS: it is never guessed which. Linear in the line, times the columns of a
 * run. Not thread safe.
 */
final class TextFormat {
    /** Literals and words in turn, beginning with a literal; then a free column, if it is not the last run. */
    private record Run(List<byte[]> literals, int firstColumn) {}

    private final List<Operator> operators;
    private final List<Run> runs = new ArrayList<>();
    private final int[] starts;
    private final int[] ends;
    private final int[] stopFrom = new int[FormatParser.MAX_OPERATORS];
    private final int[] stopAt = new int[FormatParser.MAX_OPERATORS];

    /** @throws IllegalArgumentException with a clause that says what is wrong, and where */
    TextFormat(String format) {
        FormatParser parsed = new FormatParser(format);
        operators = parsed.operators;
        starts = new int[operators.size()];
        ends = new int[operators.size()];
        List<byte[]> run = new ArrayList<>(List.of(parsed.literals.get(0)));
        int first = 0;
        boolean alone = operators.size() == 1 && parsed.literals.stream().allMatch(literal -> literal.length == 0);
        for (int column = 0; column < operators.size(); column++) {
            byte[] next = parsed.literals.get(column + 1);
            if (alone || !isWord(operators.get(column), next, column == operators.size() - 1)) {
                runs.add(new Run(List.copyOf(run), first));
                run.clear();
                first = column + 1;
            }
            run.add(next);
        }
        runs.add(new Run(List.copyOf(run), first));
    }

    /** What follows a word must be none of its characters, or it could end in two places. */
    private static boolean isWord(Operator operator, byte[] next, boolean last) {
        return operator.word() && (next.length == 0 ? last : isStop(next[0]));
    }

    private static boolean isStop(byte c) {
        return c == ' ' || c == '"' || c == '\t';
    }

    /** Whether lines of this format begin with that literal: as JSON does, for one. */
    boolean beginsWith(char literal) {
        byte[] first = runs.get(0).literals.get(0);
        return first.length > 0 && first[0] == literal;
    }

    /** Whether the text in {@code [from, to)} is a line of this format that can be read in one way. */
    boolean fits(byte[] line, int from, int to) {
        return columns(line, from, to).isEmpty();
    }

    /** Sets the values of the text in {@code [from, to)}; what is wrong with it, if anything. */
    Optional<Problem> read(MeshLog log, byte[] line, int from, int to) {
        Optional<Problem> problem = columns(line, from, to);
        if (problem.isPresent()) {
            return problem;
        }
        for (int column = 0; column < starts.length; column++) {
            operators.get(column).set(log, line, starts[column], ends[column]);
        }
        return log.problem();
    }

    private Optional<Problem> columns(byte[] line, int from, int to) {
        int last = runs.size() - 1;
        forget();
        int end = fit(runs.get(0), line, from, to);
        if (end < 0) {
            return problem(Reason.WRONG_FORMAT, "Wrong format: it does not begin as the format does");
        }
        if (last == 0) {
            return end == to
                    ? Optional.empty()
                    : problem(Reason.FIELD_COUNT, "Field count: something follows the line");
        }
        int[] places = new int[runs.size()];
        for (int run = 1; run <= last; run++) {
            int column = runs.get(run).firstColumn - 1;
            starts[column] = end;
            places[run] = place(run, line, end, to, to);
            if (places[run] < 0) {
                return problem(
                        Reason.FIELD_COUNT,
                        "Field count: what follows " + operators.get(column).text() + " in the format is not there");
            }
            ends[column] = places[run];
            end = fit(runs.get(run), line, places[run], to);
        }
        for (int run = last; run > 0; run--) {
            int limit = run == last ? to : places[run + 1];
            if (place(run, line, places[run] + 1, limit, to) >= 0) {
                String text = operators.get(runs.get(run).firstColumn - 1).text();
                return problem(Reason.AMBIGUOUS, "Ambiguous: " + text + " could end in two places");
            }
            // trying other places has moved the words
            fit(runs.get(run), line, places[run], to);
        }
        return Optional.empty();
    }

    /** The first place from {@code from} on at which the run fits and ends before {@code limit}, the last run at {@code to}. */
    private int place(int number, byte[] line, int from, int limit, int to) {
        Run run = runs.get(number);
        boolean last = number == runs.size() - 1;
        byte[] literal = run.literals.get(0);
        forget();
        if (literal.length == 0) {
            // only the last literal can be empty here: a free column to the end
            return from <= to && limit == to ? to : -1;
        }
        for (int at = Bytes.indexOf(line, literal, from, limit);
                at >= 0;
                at = Bytes.indexOf(line, literal, at + 1, limit)) {
            int end = fit(run, line, at, to);
            if (end >= 0 && (last ? end == to : end <= limit)) {
                return at;
            }
        }
        return -1;
    }

    /** Where the run ends that begins at {@code at}, its words in the arrays; -1 when it does not fit there. */
    private int fit(Run run, byte[] line, int at, int to) {
        int end = at;
        for (int i = 0; i < run.literals.size(); i++) {
            if (i > 0) {
                int column = run.firstColumn + i - 1;
                starts[column] = end;
                end = nextStop(i, line, end, to);
                ends[column] = end;
            }
            byte[] literal = run.literals.get(i);
            if (!Bytes.startsWith(line, literal, end, to)) {
                return -1;
            }
            end += literal.length;
        }
        return end;
    }

    private void forget() {
        Arrays.fill(stopFrom, Integer.MAX_VALUE);
    }

    /** The next blank or quote, or the end. Remembered for each word, as the next attempt mostly stops at the same. */
    private int nextStop(int word, byte[] line, int from, int to) {
        if (from < stopFrom[word] || from > stopAt[word]) {
            int at = from;
            while (at < to && !isStop(line[at])) {
                at++;
            }
            stopFrom[word] = from;
            stopAt[word] = at;
        }
        return stopAt[word];
    }
}
