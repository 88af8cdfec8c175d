package dev.plait.ingest.prometheus;

import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.util.BitSet;
import java.util.Optional;

/**
 * What of a remote write request was read, as version 2.0 has receivers answer it: samples, native histograms and exemplars
 * of its good series.
 */
public record SampleCounts(long samples, long histograms, long exemplars) {
    public static final SampleCounts NONE = new SampleCounts(0, 0, 0);

    private static final int SAMPLES = 2;

    /**
     * Counts a request.
     *
     * @param body that {@link RemoteWriteDecoder} has read, decompressed
     * @param refused the numbers of the series that it refused
     */
    public static SampleCounts of(byte[] body, BitSet refused) {
        try {
            Optional<WriteVersion> version = WriteVersion.of(body);
            return version.isEmpty() ? NONE : count(body, version.get(), refused);
        } catch (Malformed malformed) {
            throw new IllegalStateException("the decoder has read it", malformed);
        }
    }

    private static SampleCounts count(byte[] body, WriteVersion version, BitSet refused) {
        SampleCounts all = NONE;
        ProtoReader in = new ProtoReader().reset(body, 0, body.length);
        int series = 0;
        while (in.hasNext()) {
            int tag = in.tag();
            if (ProtoReader.field(tag) != version.series()) {
                in.skip(tag);
                continue;
            }
            int length = in.length();
            if (!refused.get(series++)) {
                all = all.plus(new ProtoReader().reset(body, in.position(), length), version);
            }
            in.advance(length);
        }
        return all;
    }

    private SampleCounts plus(ProtoReader series, WriteVersion version) {
        long moreSamples = 0;
        long moreHistograms = 0;
        long moreExemplars = 0;
        while (series.hasNext()) {
            int tag = series.tag();
            int field = ProtoReader.field(tag);
            moreSamples += field == SAMPLES ? 1 : 0;
            moreHistograms += field == version.histograms() ? 1 : 0;
            moreExemplars += field == version.exemplars() ? 1 : 0;
            series.skip(tag);
        }
        return new SampleCounts(samples + moreSamples, histograms + moreHistograms, exemplars + moreExemplars);
    }
}
