package dev.plait.ingest.receiver;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.prometheus.SnappyBody;
import dev.plait.ingest.receiver.Answer.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * How a body is compressed. Source: OTLP specification (gzip); collectors' HTTP and gRPC clients also know zstd, OpenTelemetry's
 * Python SDK deflate; remote write has Snappy's block format and nothing else.
 */
enum Encoding {
    IDENTITY,
    GZIP,
    ZSTD,
    /** Zlib's format, as RFC 9110 has it, or what is within it, as some clients do. */
    DEFLATE,
    SNAPPY;

    /** What a client may use, as {@code grpc-accept-encoding} and {@code Accept-Encoding} say it. */
    static final String ACCEPTED = "gzip, zstd, deflate";

    private static final int CHUNK_BYTES = 32 * 1024;

    /** 8 MiB, what RFC 8878 asks decoders to support; a frame may ask for gigabytes. */
    private static final int ZSTD_WINDOW_LOG = 23;

    /** Of a header's value. @throws Refusal when it is not spoken */
    static Encoding of(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "zstd" -> ZSTD;
            case "deflate", "zlib" -> DEFLATE;
            default -> throw new Refusal(Kind.UNSUPPORTED, "content encoding is not one of " + ACCEPTED);
        };
    }

    /** Whether values of the topic are compressed so: they are written as they came. */
    boolean isTheTopics() {
        return this == SNAPPY;
    }

    /**
     * The content of {@code [offset, length)}. Never more than the limit comes into being, whatever the bytes promise.
     *
     * @throws Refusal MALFORMED when they are not of this encoding; TOO_LARGE, BUSY as {@link LeasedBytes#append}
     */
    byte[] decode(byte[] bytes, int offset, int limitBytes, Budget.Lease lease) {
        if (this == IDENTITY) {
            return offset == 0 ? bytes : Arrays.copyOfRange(bytes, offset, bytes.length);
        }
        if (this == SNAPPY) {
            return block(bytes, limitBytes, lease);
        }
        LeasedBytes out = new LeasedBytes(lease, limitBytes);
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = open(new ByteArrayInputStream(bytes, offset, bytes.length - offset))) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.append(chunk, read);
            }
        } catch (IOException broken) {
            throw new Refusal(Kind.MALFORMED, "not whole and valid " + name().toLowerCase(Locale.ROOT));
        }
        byte[] content = out.take();
        lease.shrink(bytes.length);
        return content;
    }

    /** The block itself stays, as it is what is written. */
    private static byte[] block(byte[] bytes, int limitBytes, Budget.Lease lease) {
        try {
            lease.grow(SnappyBody.sizeBytes(bytes, limitBytes));
            return SnappyBody.open(bytes, limitBytes);
        } catch (SnappyBody.Refused refused) {
            Rejected rejected = refused.rejected();
            throw new Refusal(
                    rejected.reason() == Reason.DECOMPRESS_LIMIT ? Kind.TOO_LARGE : Kind.MALFORMED,
                    RefusedItems.words(rejected));
        }
    }

    private InputStream open(InputStream compressed) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(compressed, CHUNK_BYTES);
            case ZSTD -> new ZstdInputStreamNoFinalizer(compressed).setLongMax(ZSTD_WINDOW_LOG);
            case DEFLATE -> inflated(compressed);
            case IDENTITY, SNAPPY -> throw new IllegalStateException(this + " is no stream");
        };
    }

    /** Zlib begins with two bytes of which the first names the method, and both are a multiple of 31. */
    private static InputStream inflated(InputStream compressed) throws IOException {
        compressed.mark(2);
        int first = compressed.read();
        boolean zlib = (first & 0x0f) == Deflater.DEFLATED && (first << 8 | compressed.read()) % 31 == 0;
        compressed.reset();
        return new InflaterInputStream(compressed, new Inflater(!zlib), CHUNK_BYTES) {
            @Override
            public void close() throws IOException {
                super.close();
                inf.end();
            }
        };
    }
}
