package dev.plait.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command as a process of its own, what it says on standard output line by line, and its end. */
final class PlaitProcess implements AutoCloseable {
    /** Generous: the machine may be busy with other builds. */
    static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> said = new ArrayList<>();
    private final Thread reader;

    private PlaitProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reader = new Thread(this::read, "read-plait");
        reader.setDaemon(true);
        reader.start();
    }

    /** {@code ./plait}, which is not to build anything while Maven does. */
    static PlaitProcess script(Path directory, String... arguments) throws IOException {
        return start(directory, Path.of("..", "plait").toRealPath(), arguments);
    }

    /** The script at another path, such as a link to it. */
    static PlaitProcess start(Path directory, Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return program(directory, command, Map.of("PLAIT_BUILD", "never", "PLAIT_JAVA_OPTS", "-Xmx768m"));
    }

    /** A class of this module, in a JVM with the class path of this one. */
    static PlaitProcess main(Path directory, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dplait.plugins=" + plugins(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return program(directory, command, Map.of());
    }

    /** Any other program. */
    static PlaitProcess program(Path directory, List<String> command, Map<String, String> environment)
            throws IOException {
        Path errors = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new PlaitProcess(builder.start(), errors);
    }

    /** The directories of plugins that the script would give. */
    static String plugins() throws IOException {
        try (Stream<Path> built = Files.walk(Path.of("..", "sink-connectors").toRealPath(), 3)) {
            return built.filter(path -> path.getFileName().toString().matches("plait-sink-.*-plugin"))
                    .filter(Files::isDirectory)
                    .map(Path::toString)
                    .collect(Collectors.joining(","));
        }
    }

    /** Waits for a line that begins so. */
    String awaitLine(String beginning) throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no line '" + beginning + "' from process " + process.pid() + "; it said "
                        + said + " and on standard error " + errors());
            }
            said.add(line);
            if (line.startsWith(beginning)) {
                return line;
            }
        }
    }

    /** Waits for the end. */
    int awaitExit() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.pid() + " does not end; on standard error " + errors());
        }
        reader.join(TimeUnit.SECONDS.toMillis(10));
        lines.drainTo(said);
        return process.exitValue();
    }

    /** SIGTERM, then the end. */
    int stop() throws InterruptedException, IOException {
        process.destroy();
        return awaitExit();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException, IOException {
        process.destroyForcibly();
        awaitExit();
    }

    /** All lines of standard output that have been waited for; after the end, all. */
    List<String> said() {
        return List.copyOf(said);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(standard output broke: " + e + ")");
        }
    }
}
