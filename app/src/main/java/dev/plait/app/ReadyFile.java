package dev.plait.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/**
 * {@code --ready-file}: a file that is there while a command does its work, and at no other time, so that a container's
 * health check is to look whether it exists. An engine does its work in Kafka Streams' state RUNNING, a receiver while its
 * ports are open, a Connect worker once its sinks are set up. It tells what the process knows of itself: a process that
 * hangs leaves it where it is.
 */
final class ReadyFile {
    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            defaultValue = "${env:PLAIT_READY_FILE}",
            description = "A file that exists while this command is ready. Default: PLAIT_READY_FILE, else none.")
    private Path file;

    /** Before anything is started: what a killed process left. @throws IOException when the file could not be written later */
    void clear() throws IOException {
        if (file == null) {
            return;
        }
        Files.deleteIfExists(file);
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isWritable(directory)) {
            throw new IOException("--ready-file: '" + file + "' is not in a directory that can be written to");
        }
    }

    synchronized void set(boolean ready) {
        if (file == null) {
            return;
        }
        try {
            if (ready) {
                Files.writeString(file, ProcessHandle.current().pid() + "\n");
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            Log.LOG.warn("--ready-file: {}", failed.toString());
        }
    }

    /** Made on first use: commands choose how to log before the first logger is made. */
    private static final class Log {
        private static final Logger LOG = LoggerFactory.getLogger(ReadyFile.class);
    }
}
