package dev.plait.app;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files as commands name them: {@code -} is standard input or output. */
final class FileArgument {
    private static final String STANDARD = "-";

    private FileArgument() {}

    static InputStream input(String name) throws IOException, WrongUsage {
        if (name.equals(STANDARD)) {
            return System.in;
        }
        if (!Files.isRegularFile(Path.of(name)) && !Files.isReadable(Path.of(name))) {
            throw new WrongUsage("'" + name + "' is not a file that can be read");
        }
        return new BufferedInputStream(Files.newInputStream(Path.of(name)));
    }

    static OutputStream output(String name) throws IOException, WrongUsage {
        if (name.equals(STANDARD)) {
            return new BufferedOutputStream(new Unclosed(new FileOutputStream(FileDescriptor.out)));
        }
        try {
            return new BufferedOutputStream(Files.newOutputStream(Path.of(name)));
        } catch (NoSuchFileException e) {
            throw new WrongUsage("'" + name + "' cannot be written: its directory does not exist");
        }
    }

    /** Standard output belongs to the process, not to whoever writes to it last. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
