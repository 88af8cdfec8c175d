package dev.plait.app;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Where {@code plait up} keeps everything, {@code ./.plait} by default: {@code kafka/}, {@code state/}, {@code plait.log}, a
 * lock while it runs, and then {@code address}, by which other commands find its Kafka, {@code configuration}, where the file is
 * that it was started with, if any, and {@code connect}, the address of the REST interface of its Connect worker, if it has one.
 */
final class DataDirectory implements AutoCloseable {
    static final Path USUAL = Path.of(".plait");
    static final String LOG = "plait.log";

    private static final Duration START_TRY = Duration.ofMillis(200);
    private static final int START_TRIES = 300;

    private final Path directory;
    private final FileChannel channel;

    private DataDirectory(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Makes the directory this process's. @throws IOException when another process has it, naming that */
    static DataDirectory lock(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel = FileChannel.open(
                directory.resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        if (tryLock(channel).isEmpty()) {
            String owner = text(channel);
            channel.close();
            throw new IOException("plait up is already running in " + directory + " (process " + owner
                    + addressIn(directory)
                            .map(address -> ", Kafka at " + address)
                            .orElse("")
                    + "); stop it, or give another directory with --data");
        }
        channel.truncate(0);
        long pid = ProcessHandle.current().pid();
        channel.write(StandardCharsets.UTF_8.encode(Long.toString(pid)), 0);
        return new DataDirectory(directory, channel);
    }

    /** The Kafka address of the {@code plait up} that runs in {@code directory}. */
    static Optional<String> addressIn(Path directory) throws IOException {
        return firstLine(directory.resolve("address"));
    }

    /** The same, waiting for one that is starting: while the directory is some process's and it has not said its address. */
    static Optional<String> awaitAddressIn(Path directory) throws IOException {
        Optional<String> address = addressIn(directory);
        for (int tries = 0; address.isEmpty() && tries < START_TRIES && isHeld(directory); tries++) {
            LockSupport.parkNanos(START_TRY.toNanos());
            address = addressIn(directory);
        }
        return address;
    }

    /** The file that the {@code plait up} in {@code directory} was started with; empty when there was none, or it is gone. */
    static Optional<Path> configurationIn(Path directory) throws IOException {
        return firstLine(directory.resolve("configuration")).map(Path::of).filter(Files::isReadable);
    }

    /** The address of Kafka Connect of the {@code plait up} in {@code directory}, if it has one. */
    static Optional<String> connectIn(Path directory) throws IOException {
        return firstLine(directory.resolve("connect"));
    }

    private static Optional<String> firstLine(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file).lines().findFirst().map(String::strip).filter(line -> !line.isEmpty())
                : Optional.empty();
    }

    private static boolean isHeld(Path directory) throws IOException {
        Path lock = directory.resolve("lock");
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return tryLock(channel).isEmpty();
        }
    }

    Path kafka() {
        return directory.resolve("kafka");
    }

    Path state() {
        return directory.resolve("state");
    }

    /** Its Kafka can be used; {@code configuration} is the file that it was started with. */
    void announce(String bootstrap, Optional<Path> configuration) throws IOException {
        Files.deleteIfExists(directory.resolve("configuration"));
        if (configuration.isPresent()) {
            Files.writeString(
                    directory.resolve("configuration"),
                    configuration.get().toAbsolutePath().normalize() + "\n");
        }
        Files.writeString(directory.resolve("address"), bootstrap + "\n");
    }

    Path path() {
        return directory;
    }

    void announceConnect(URI rest) throws IOException {
        Files.writeString(directory.resolve("connect"), rest + "\n");
    }

    void forgetConnect() throws IOException {
        Files.deleteIfExists(directory.resolve("connect"));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(directory.resolve("address"));
        Files.deleteIfExists(directory.resolve("configuration"));
        forgetConnect();
        channel.close();
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }
}
