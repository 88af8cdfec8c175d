package dev.plait.ingest.prometheus;

import dev.plait.schemas.wire.ProtoReader;
import java.util.Optional;

/**
 * Where the two versions of remote write keep what they have in common. The second reserves the field numbers of the first, so
 * a body says by itself which it is. Source: prompb remote.proto, types.proto and io/prometheus/write/v2/types.proto.
 */
public enum WriteVersion {
    V1(1, 4, 3, 3),
    V2(5, 3, 4, 4);

    private final int series;
    private final int histograms;
    private final int exemplars;
    private final int shared;

    WriteVersion(int series, int histograms, int exemplars, int shared) {
        this.series = series;
        this.histograms = histograms;
        this.exemplars = exemplars;
        this.shared = shared;
    }

    /** Of a body; empty when it holds no series and no metadata of either. @throws dev.plait.schemas.wire.Malformed */
    public static Optional<WriteVersion> of(byte[] body) {
        ProtoReader reader = new ProtoReader().reset(body, 0, body.length);
        while (reader.hasNext()) {
            int tag = reader.tag();
            if (ProtoReader.wireType(tag) == ProtoReader.LEN) {
                switch (ProtoReader.field(tag)) {
                    case 1, 3 -> {
                        return Optional.of(V1);
                    }
                    case 4, 5 -> {
                        return Optional.of(V2);
                    }
                    default -> {}
                }
            }
            reader.skip(tag);
        }
        return Optional.empty();
    }

    /** The field of a request that holds its series. */
    int series() {
        return series;
    }

    /** The field of a series that holds its native histograms. */
    int histograms() {
        return histograms;
    }

    /** The field of a series that holds its exemplars. */
    int exemplars() {
        return exemplars;
    }

    /** The field of a request that its series cannot be read without: declared types, or the texts that series point at. */
    public int shared() {
        return shared;
    }
}
