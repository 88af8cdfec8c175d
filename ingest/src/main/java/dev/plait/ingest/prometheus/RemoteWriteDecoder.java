package dev.plait.ingest.prometheus;

import dev.plait.ingest.Decoder;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.ingest.accesslog.Payload;
import dev.plait.ingest.otlp.OtlpDecoder;
import dev.plait.ingest.prometheus.SeriesReader.BadSeries;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes bodies of Prometheus remote write, versions 1.0 and 2.0, told apart by their field numbers: rewritten as an OTLP metrics
 * request, which then goes the way of all OTLP. An item is a series, numbered as in the body. A bad series is refused alone. A
 * body is a Snappy block, as the protocol has it; one that came decompressed is read too.
 *
 * <p>Source: Prometheus remote write specifications 1.0 and 2.0; OpenTelemetry "Prometheus and OpenMetrics compatibility".
 */
public final class RemoteWriteDecoder implements Decoder {
    /** Decompressed, and rewritten: labels that a body holds once are repeated by every series and sample. */
    static final int MAX_BYTES = OtlpDecoder.MAX_BYTES;

    /** After so many bad series and none that is good the body is refused as a whole. */
    private static final int MAX_BAD = 10_000;

    private static final String SERIES = "series of remote write";

    private final OtlpDecoder otlp;

    public RemoteWriteDecoder() {
        this(Redaction.DEFAULT);
    }

    public RemoteWriteDecoder(Redaction redaction) {
        otlp = OtlpDecoder.metrics(redaction);
    }

    @Override
    public Optional<Rejected> decode(byte[] value, SignalSink sink) {
        if (value.length == 0) {
            return Optional.of(Rejected.record(Reason.EMPTY, "no bytes", 0));
        }
        try {
            byte[] body = open(value, sink);
            Optional<WriteVersion> version = WriteVersion.of(body);
            if (version.isEmpty()) {
                Reason reason = body.length == 0 ? Reason.EMPTY : Reason.WRONG_FORMAT;
                return Optional.of(Rejected.record(reason, "no " + SERIES, 0));
            }
            return rewrite(body, version.get(), body != value, sink);
        } catch (SnappyBody.Refused refused) {
            return Payload.refuse(value).or(() -> Optional.of(refused.rejected()));
        } catch (Malformed malformed) {
            return Optional.of(Rejected.record(malformed));
        }
    }

    /** A receiver in between may have decompressed it: the series of version 1 begin with a line feed, which no block does. */
    private static byte[] open(byte[] value, SignalSink sink) throws SnappyBody.Refused {
        try {
            return SnappyBody.open(value, MAX_BYTES);
        } catch (SnappyBody.Refused refused) {
            if (isChain(value)) {
                sink.normalised("not_compressed", 1);
                return value;
            }
            throw refused;
        }
    }

    private static boolean isChain(byte[] value) {
        try {
            return WriteVersion.of(value).isPresent();
        } catch (Malformed malformed) {
            return false;
        }
    }

    /** Other protobuf begins with field 1, too: if it is not compressed and has no good series it is none. */
    private Optional<Rejected> rewrite(byte[] body, WriteVersion version, boolean compressed, SignalSink sink) {
        SeriesReader series = new SeriesReader(body, version);
        MetricsRequest[] requests = new MetricsRequest[MetricWriter.REQUESTS];
        Arrays.setAll(requests, kind -> new MetricsRequest(body));
        MetricWriter writer = new MetricWriter(body, version, series, requests);
        int silent = 0;
        ProtoReader in = new ProtoReader().reset(body, 0, body.length);
        int item = -1;
        int bad = 0;
        Optional<Rejected> first = Optional.empty();
        while (in.hasNext()) {
            int tag = in.tag();
            if (ProtoReader.field(tag) != version.series()) {
                in.skip(tag);
                continue;
            }
            in.expect(tag, ProtoReader.LEN);
            int length = in.length();
            int offset = in.position();
            in.advance(length);
            item++;
            int written = 0;
            try {
                written = writer.write(offset, length);
            } catch (BadSeries refused) {
                bad++;
                Rejected one = new Rejected(
                        Reason.BAD_METRIC, refused.getMessage() + ", before byte " + (offset + length), offset, item);
                first = first.or(() -> Optional.of(one));
                sink.reject(one);
            }
            silent += written == 0 ? 1 : 0;
            if (item + 1 == MAX_BAD && silent == MAX_BAD) {
                return Optional.of(
                        Rejected.record(Reason.TOO_MANY, "the first " + MAX_BAD + " series are all bad", offset));
            }
            int bytes = 0;
            for (int kind = 0; kind < requests.length; kind++) {
                requests[kind].holds(item, (written & 1 << kind) != 0);
                bytes += requests[kind].out().size();
            }
            if (bytes > MAX_BYTES) {
                return Optional.of(
                        Rejected.record(Reason.TOO_LARGE, "more than " + MAX_BYTES + " bytes of metrics", offset));
            }
        }
        if (!compressed && bad > 0 && bad == item + 1) {
            return first.map(one ->
                    Rejected.record(Reason.WRONG_FORMAT, "no good " + SERIES + ": " + one.detail(), one.atByte()));
        }
        Optional<Rejected> refused = Optional.empty();
        for (int kind = 0; kind < requests.length && refused.isEmpty(); kind++) {
            requests[kind].finish();
            refused = otlp.decodeRewritten(requests[kind].out(), requests[kind].missing(), sink);
        }
        return refused;
    }
}
