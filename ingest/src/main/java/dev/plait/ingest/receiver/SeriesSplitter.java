package dev.plait.ingest.receiver;

import dev.plait.ingest.prometheus.WriteVersion;
import dev.plait.schemas.wire.Malformed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.Snappy;

/** Cuts a remote write request between its series, and puts each part into a Snappy block of its own. */
final class SeriesSplitter {
    private SeriesSplitter() {}

    /**
     * @param request decompressed
     * @throws Refusal as {@link FieldSplitter#split}
     */
    static List<byte[]> split(byte[] request, int limitBytes) {
        // a block is at most a sixth larger than what it holds
        List<byte[]> parts = FieldSplitter.split(request, shared(request), limitBytes / 7 * 6 - 64);
        List<byte[]> blocks = new ArrayList<>(parts.size());
        for (byte[] part : parts) {
            blocks.add(block(part));
        }
        return blocks;
    }

    private static int shared(byte[] request) {
        try {
            return WriteVersion.of(request).map(WriteVersion::shared).orElse(FieldSplitter.NONE);
        } catch (Malformed malformed) {
            throw new Refusal(Answer.Kind.MALFORMED, malformed.getMessage());
        }
    }

    private static byte[] block(byte[] part) {
        try {
            return Snappy.compress(part);
        } catch (IOException impossible) {
            throw new IllegalStateException("Snappy compresses any bytes", impossible);
        }
    }
}
