package dev.plait.ingest.receiver;

import dev.plait.ingest.receiver.Answer.Kind;
import dev.plait.schemas.wire.ProtoReader;
import dev.plait.schemas.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an OTLP request that is too large for one record into several, each a request with the same meaning: groups stay
 * whole where they fit, else their items are dealt out with copies of the resource and scope before them. Linear in the
 * bytes; nothing is decoded. Not thread safe.
 *
 * <p>Works for all three signals, whose envelopes are alike: request 1 resource group (1 resource, 2 scope group (1 scope,
 * 2 item)).
 */
final class RequestSplitter {
    private static final int GROUP = 1;
    private static final int CHILD = 2;

    /** Tag and length of a group around what is dealt out, at each of the two depths. */
    private static final int ENVELOPE_BYTES = 16;

    private final int limitBytes;
    private final List<byte[]> records = new ArrayList<>();
    private final ProtoWriter current = new ProtoWriter();

    private RequestSplitter(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    /**
     * @param request whose outer fields are well formed
     * @throws Refusal TOO_LARGE when one item and what it needs is above {@code limitBytes}; {@link
     *     dev.plait.schemas.wire.Malformed} becomes MALFORMED
     */
    static List<byte[]> split(byte[] request, int limitBytes) {
        RequestSplitter splitter = new RequestSplitter(limitBytes);
        try {
            splitter.request(new ProtoReader().reset(request, 0, request.length));
        } catch (dev.plait.schemas.wire.Malformed malformed) {
            throw new Refusal(Kind.MALFORMED, malformed.getMessage());
        }
        splitter.finish();
        return splitter.records;
    }

    private void request(ProtoReader in) {
        while (in.hasNext()) {
            int start = in.position();
            int tag = in.tag();
            if (ProtoReader.field(tag) != GROUP) {
                in.skip(tag); // nothing of OTLP is there
                continue;
            }
            int length = in.length();
            int content = in.position();
            in.advance(length);
            if (in.position() - start <= limitBytes) {
                put(in.bytes(), start, in.position() - start);
            } else {
                resourceGroup(in.bytes(), content, length);
            }
        }
    }

    private void resourceGroup(byte[] bytes, int offset, int length) {
        byte[] shared = othersOf(bytes, offset, length);
        ProtoReader in = new ProtoReader().reset(bytes, offset, length);
        while (in.hasNext()) {
            int start = in.position();
            int tag = in.tag();
            if (ProtoReader.field(tag) != CHILD) {
                in.skip(tag);
                continue;
            }
            in.expect(tag, ProtoReader.LEN);
            int childLength = in.length();
            int content = in.position();
            in.advance(childLength);
            if (in.position() - start + shared.length + ENVELOPE_BYTES <= limitBytes) {
                put(around(GROUP, shared, bytes, start, in.position() - start));
            } else {
                scopeGroup(shared, bytes, content, childLength);
            }
        }
    }

    private void scopeGroup(byte[] resource, byte[] bytes, int offset, int length) {
        byte[] shared = othersOf(bytes, offset, length);
        int room = limitBytes - resource.length - shared.length - 2 * ENVELOPE_BYTES;
        ProtoWriter items = new ProtoWriter();
        ProtoReader in = new ProtoReader().reset(bytes, offset, length);
        while (in.hasNext()) {
            int start = in.position();
            int tag = in.tag();
            in.skip(tag);
            int size = in.position() - start;
            if (ProtoReader.field(tag) != CHILD) {
                continue;
            }
            if (size > room) {
                throw new Refusal(Kind.TOO_LARGE, "an item is larger than a topic takes: " + limitBytes + " bytes");
            }
            if (items.size() + size > room) {
                deal(resource, shared, items);
            }
            items.raw(bytes, start, size);
        }
        if (items.size() > 0) {
            deal(resource, shared, items);
        }
    }

    private void deal(byte[] resource, byte[] scope, ProtoWriter items) {
        byte[] group = around(CHILD, scope, items.bytes(), 0, items.size());
        put(around(GROUP, resource, group, 0, group.length));
        items.clear();
    }

    /** Field {@code field} that holds {@code shared} and then the bytes. */
    private static byte[] around(int field, byte[] shared, byte[] bytes, int offset, int length) {
        ProtoWriter out = new ProtoWriter();
        out.message(field, shared.length + length);
        out.raw(shared);
        out.raw(bytes, offset, length);
        return out.toByteArray();
    }

    /** All fields but the children: resource or scope, schema URL, whatever else is there. */
    private static byte[] othersOf(byte[] bytes, int offset, int length) {
        ProtoWriter others = new ProtoWriter();
        ProtoReader in = new ProtoReader().reset(bytes, offset, length);
        while (in.hasNext()) {
            int start = in.position();
            int tag = in.tag();
            in.skip(tag);
            if (ProtoReader.field(tag) != CHILD) {
                others.raw(bytes, start, in.position() - start);
            }
        }
        return others.toByteArray();
    }

    private void put(byte[] group) {
        put(group, 0, group.length);
    }

    private void put(byte[] bytes, int offset, int length) {
        if (current.size() + length > limitBytes) {
            finish();
        }
        current.raw(bytes, offset, length);
    }

    private void finish() {
        if (current.size() > 0) {
            records.add(current.toByteArray());
            current.clear();
        }
    }
}
