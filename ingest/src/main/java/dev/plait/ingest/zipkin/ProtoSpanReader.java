package dev.plait.ingest.zipkin;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.accesslog.Problem;
import dev.plait.ingest.span.ProtoIds;
import dev.plait.ingest.span.ProtoText;
import dev.plait.ingest.span.SpanOutput;
import dev.plait.ingest.span.SpanRecord;
import dev.plait.ingest.span.SpanText;
import dev.plait.schemas.model.SpanKind;
import dev.plait.schemas.wire.ProtoReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads one {@code zipkin.proto3.Span}. Breaks of the encoding leave as {@link dev.plait.schemas.wire.Malformed} and end the
 * record. Source: openzipkin/zipkin-api zipkin.proto.
 */
final class ProtoSpanReader {
    private static final int TRACE_ID = 1 << 3 | ProtoReader.LEN;
    private static final int PARENT_ID = 2 << 3 | ProtoReader.LEN;
    private static final int ID = 3 << 3 | ProtoReader.LEN;
    private static final int KIND = 4 << 3 | ProtoReader.VARINT;
    private static final int NAME = 5 << 3 | ProtoReader.LEN;
    private static final int TIMESTAMP = 6 << 3 | ProtoReader.FIXED64;
    private static final int DURATION = 7 << 3 | ProtoReader.VARINT;
    private static final int LOCAL_ENDPOINT = 8 << 3 | ProtoReader.LEN;
    private static final int REMOTE_ENDPOINT = 9 << 3 | ProtoReader.LEN;
    private static final int ANNOTATION = 10 << 3 | ProtoReader.LEN;
    private static final int TAG = 11 << 3 | ProtoReader.LEN;
    private static final int SHARED = 13 << 3 | ProtoReader.VARINT;
    private static final int LAST_FIELD = 13;

    private static final int SERVICE_NAME = 1 << 3 | ProtoReader.LEN;
    private static final int IPV4 = 2 << 3 | ProtoReader.LEN;
    private static final int IPV6 = 3 << 3 | ProtoReader.LEN;
    private static final int PORT = 4 << 3 | ProtoReader.VARINT;
    private static final int ANNOTATION_TIME = 1 << 3 | ProtoReader.FIXED64;
    private static final int ANNOTATION_VALUE = 2 << 3 | ProtoReader.LEN;
    private static final int TAG_KEY = 1 << 3 | ProtoReader.LEN;
    private static final int TAG_VALUE = 2 << 3 | ProtoReader.LEN;

    private final SpanOutput output;
    private final ProtoText text;
    private final ZipkinSpan zipkin;
    private final ProtoReader reader = new ProtoReader();
    private final ProtoReader part = new ProtoReader();
    private boolean badTime;

    ProtoSpanReader(SpanOutput output) {
        this.output = output;
        text = new ProtoText(output);
        zipkin = new ZipkinSpan(output);
    }

    Optional<Problem> read(byte[] bytes, int offset, int length, SpanRecord span) {
        zipkin.clear();
        badTime = false;
        reader.reset(bytes, offset, length);
        while (reader.hasNext()) {
            field(reader.tag(), span);
        }
        if (badTime) {
            return Optional.of(new Problem(Reason.BAD_TIME, "Bad time: timestamp or duration above 63 bits"));
        }
        return zipkin.finish(span);
    }

    private void field(int tag, SpanRecord span) {
        switch (tag) {
            case TRACE_ID -> zipkin.trace(ProtoIds.trace(reader));
            case PARENT_ID -> parent();
            case ID -> zipkin.id(ProtoIds.span(reader));
            case KIND -> kind(reader.varint(), span);
            case NAME -> span.name(output.cut(text.read(reader), SpanText.MAX_NAME));
            case TIMESTAMP -> zipkin.timestamp(notNegative(reader.fixed64()));
            case DURATION -> zipkin.duration(notNegative(reader.varint()));
            case LOCAL_ENDPOINT -> endpoint(zipkin.local);
            case REMOTE_ENDPOINT -> endpoint(zipkin.remote);
            case ANNOTATION -> annotation();
            case TAG -> tag(span);
            case SHARED -> zipkin.shared(reader.varint() != 0);
            default -> other(reader, tag, LAST_FIELD);
        }
    }

    /** A known field of another wire type is another message's. */
    private static void other(ProtoReader in, int tag, int lastField) {
        if (ProtoReader.field(tag) <= lastField && ProtoReader.field(tag) != 12) {
            in.expect(tag, -1);
        }
        in.skip(tag);
    }

    private void parent() {
        int length = reader.length();
        if (length == 0) {
            return;
        }
        zipkin.parent(length == 8 ? ProtoReader.bigEndian(reader.bytes(), reader.position()) : 0);
        reader.advance(length);
    }

    private void kind(long number, SpanRecord span) {
        switch ((int) number) {
            case 0 -> {
                // unspecified
            }
            case 1 -> span.kind(SpanKind.CLIENT);
            case 2 -> span.kind(SpanKind.SERVER);
            case 3 -> span.kind(SpanKind.PRODUCER);
            case 4 -> span.kind(SpanKind.CONSUMER);
            default -> output.normalised("bad_kind");
        }
    }

    private long notNegative(long number) {
        badTime |= number < 0;
        return Math.max(0, number);
    }

    private ProtoReader nested() {
        int length = reader.length();
        part.reset(reader.bytes(), reader.position(), length);
        reader.advance(length);
        return part;
    }

    private void endpoint(ZipkinEndpoint endpoint) {
        ProtoReader in = nested();
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case SERVICE_NAME -> endpoint.service(text.read(in));
                case IPV4 -> endpoint.ipv4(address(in));
                case IPV6 -> endpoint.ipv6(address(in));
                case PORT -> endpoint.port(in.varint());
                default -> other(in, tag, 4);
            }
        }
    }

    /** The text of an address of four or sixteen bytes; empty for another length, which is counted. */
    private String address(ProtoReader in) {
        int length = in.length();
        byte[] address = Arrays.copyOfRange(in.bytes(), in.position(), in.position() + Math.min(length, 17));
        in.advance(length);
        if (length != 4 && length != 16) {
            if (length != 0) {
                output.normalised("bad_endpoint");
            }
            return "";
        }
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four or sixteen bytes are an address", impossible);
        }
    }

    private void annotation() {
        ProtoReader in = nested();
        long timestamp = 0;
        String value = "";
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case ANNOTATION_TIME -> timestamp = in.fixed64();
                case ANNOTATION_VALUE -> value = output.cut(text.read(in), SpanText.MAX_VALUE);
                default -> other(in, tag, 2);
            }
        }
        zipkin.annotation(timestamp, value);
    }

    private void tag(SpanRecord span) {
        ProtoReader in = nested();
        String key = "";
        String value = "";
        while (in.hasNext()) {
            int tag = in.tag();
            switch (tag) {
                case TAG_KEY -> key = text.read(in);
                case TAG_VALUE -> value = text.read(in);
                default -> other(in, tag, 2);
            }
        }
        zipkin.tag(span, key, value);
    }
}
