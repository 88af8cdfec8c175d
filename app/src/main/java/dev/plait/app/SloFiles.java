package dev.plait.app;

import dev.plait.correlator.slo.sli.SliEvaluator;
import dev.plait.ingest.openslo.OpenSloFiles;
import dev.plait.ingest.openslo.Problem;
import dev.plait.ingest.openslo.Resolved;
import dev.plait.schemas.model.SloDefinition;
import dev.plait.topology.config.ConfigException;
import dev.plait.topology.config.PlaitConfig;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** OpenSLO files from disk: read together, so that they may refer to each other, and checked down to their expressions. */
final class SloFiles {
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** What the files define, or what is wrong with them: one line each, with file, line and key. */
    record Checked(List<SloDefinition> definitions, List<String> problems) {
        /** @throws ConfigException naming the first problem, and how many more there are */
        List<SloDefinition> orThrow() {
            if (problems.isEmpty()) {
                return definitions;
            }
            String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more problems)";
            throw new ConfigException(problems.get(0) + more);
        }
    }

    /** The files of a configuration. */
    static Checked of(PlaitConfig config) {
        return new SloFiles()
                .add("slo.files", config.slo().files())
                .check(config.slo().timeScale());
    }

    /**
     * Adds files by their names; the last part of a name may have {@code *} and {@code ?} for several.
     *
     * @param key what names them, for errors
     * @throws ConfigException when a name matches no file
     */
    SloFiles add(String key, List<String> names) {
        for (String name : names) {
            for (Path file : matching(key, name)) {
                texts.put(file.toString(), text(key, file));
            }
        }
        return this;
    }

    /** Adds a text under a name. */
    SloFiles add(String name, String text) {
        texts.put(name, text);
        return this;
    }

    /** @param timeScale what windows and periods are divided by */
    Checked check(double timeScale) {
        Resolved resolved = OpenSloFiles.resolve(texts, timeScale);
        List<Problem> problems = new ArrayList<>(resolved.problems());
        for (Resolved.Expression expression : resolved.expressions()) {
            SliEvaluator.problem(expression.where()).ifPresent(reason -> problems.add(expression.problem(reason)));
        }
        return new Checked(
                resolved.definitions(), problems.stream().map(Problem::toString).toList());
    }

    private static Iterable<Path> matching(String key, String name) {
        Path path = Path.of(name);
        String last = path.getFileName() == null ? "" : path.getFileName().toString();
        if (!last.contains("*") && !last.contains("?")) {
            return List.of(path);
        }
        TreeSet<Path> found = new TreeSet<>();
        Path directory = path.getParent() == null ? Path.of("") : path.getParent();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, last.replaceAll("[\\[\\]{}\\\\]", "\\\\$0"))) {
            files.forEach(found::add);
        } catch (IOException unreadable) {
            throw ConfigException.bad(key, name, "a pattern in a directory that can be read");
        }
        if (found.isEmpty()) {
            throw ConfigException.bad(key, name, "a pattern that some file matches");
        }
        return found;
    }

    private static String text(String key, Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException notText) {
            throw ConfigException.bad(key, file, "a file of UTF-8 text");
        } catch (IOException unreadable) {
            throw ConfigException.bad(key, file, "a file that can be read");
        }
    }
}
