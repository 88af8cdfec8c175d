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
 * lock while it runs, and then {@code address}, by which other commands find its Kafka, and {@code connect}, the address of
 * the REST interface of its Connect worker, if it has one.
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
        Path address = directory.resolve("address");
        return Files.exists(address) ? Optional.of(Files.readString(address).strip()) : Optional.empty();
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

    void announce(String bootstrap) throws IOException {
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
