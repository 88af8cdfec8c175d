package dev.plait.ingest.otlp;

import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.redact.Redaction;
import dev.plait.schemas.wire.Malformed;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Optional;

/**
 * Walks a request down to its items. Fields come in any order, so each group is passed over twice: first for its resource or
 * scope, then for what is under it; passing over costs a tag and a length per entry.
 *
 * <p>A resource or scope with text that is not UTF-8, or with values nested too deep, spoils the items under it and no others:
 * an item is what it and its origin say.
 */
final class EnvelopeScanner {
    /** In a request the resource groups; in a group the resource or the scope. */
    private static final int FIRST = 1 << 3 | ProtoReader.LEN;

    /** In a group what is under it. */
    private static final int SECOND = 2 << 3 | ProtoReader.LEN;

    private final Signal signal;
    private final MessageType resourceType;
    private final MessageType scopeType;
    private final ItemScanner items;
    private final StructureCheck check = new StructureCheck();
    private final AttributeReader attribute = new AttributeReader(check);
    private final ProtoReader request = new ProtoReader();
    private final ProtoReader resourceGroup = new ProtoReader();
    private final ProtoReader scopeGroup = new ProtoReader();
    private final ProtoReader shared = new ProtoReader();

    EnvelopeScanner(Signal signal, Redaction redaction, ProxyLogs proxyLogs, LogTraces logTraces) {
        this.signal = signal;
        this.resourceType = signal.resourceGroup();
        this.scopeType = signal.scopeGroup();
        this.items = signal.newScanner(redaction, proxyLogs, logTraces);
    }

    /**
     * Hands over the items of the request in {@code [offset, offset + length)}. Breaks of the encoding leave as {@link
     * dev.plait.schemas.wire.Malformed}.
     */
    Optional<Rejected> scan(byte[] bytes, int offset, int length, RecordScan record) {
        items.begin();
        request.reset(bytes, offset, length);
        while (request.hasNext()) {
            int tag = request.tag();
            if (tag == FIRST) {
                record.group();
                int size = request.length();
                if (size > 0) {
                    scanResourceGroup(bytes, request.position(), size, record);
                    request.advance(size);
                }
            } else {
                check.field(signal.data(), request, tag);
            }
        }
        if (!record.hasGroup() && length > 0) {
            return Optional.of(Rejected.record(Reason.WRONG_FORMAT, "no field of an OTLP request", offset));
        }
        record.finish();
        return Optional.empty();
    }

    private void scanResourceGroup(byte[] bytes, int offset, int length, RecordScan record) {
        findShared(resourceType, resourceGroup.reset(bytes, offset, length), record.resource());
        record.proxyLog(signal == Signal.LOGS && isProxyLog(bytes, resourceGroup.reset(bytes, offset, length)));
        resourceGroup.reset(bytes, offset, length);
        while (resourceGroup.hasNext()) {
            int tag = resourceGroup.tag();
            if (tag == SECOND) {
                int size = resourceGroup.length();
                scanScopeGroup(bytes, resourceGroup.position(), size, record);
                resourceGroup.advance(size);
            } else {
                resourceGroup.skip(tag);
            }
        }
    }

    private void scanScopeGroup(byte[] bytes, int offset, int length, RecordScan record) {
        findShared(scopeType, scopeGroup.reset(bytes, offset, length), record.scope());
        scopeGroup.reset(bytes, offset, length);
        Optional<Reason> fault =
                record.resource().fault().or(() -> record.scope().fault());
        while (scopeGroup.hasNext()) {
            int tag = scopeGroup.tag();
            if (tag != SECOND) {
                scopeGroup.skip(tag);
                continue;
            }
            int size = scopeGroup.length();
            int at = scopeGroup.position();
            record.nextItem();
            if (fault.isPresent()) {
                check.message(signal.item(), bytes, at, size);
                record.reject(fault.get(), detail(fault.get()), at);
            } else {
                items.scan(bytes, at, size, record);
            }
            if (record.isHopeless()) {
                throw new Malformed(
                        Malformed.Reason.TOO_MANY,
                        "the first " + RecordScan.MAX_TOLD + " items are all bad, before byte " + at,
                        at);
            }
            scopeGroup.advance(size);
        }
    }

    /** The first pass: also checks all fields but the list, which the second one reads. */
    private void findShared(MessageType group, ProtoReader in, SharedSlice slice) {
        slice.clear();
        while (in.hasNext()) {
            int tag = in.tag();
            if (tag == SECOND) {
                in.advance(in.length());
            } else if (tag == FIRST) {
                int size = in.length();
                check.clear();
                check.message(group.byNumber(1).message(), in.bytes(), in.position(), size);
                slice.add(in.bytes(), in.position(), size, fault());
                in.advance(size);
            } else {
                check.field(group, in, tag);
            }
        }
    }

    private Optional<Reason> fault() {
        if (check.tooDeepAt() != StructureCheck.NONE) {
            return Optional.of(Reason.TOO_DEEP);
        }
        return check.badUtf8At() == StructureCheck.NONE ? Optional.empty() : Optional.of(Reason.BAD_UTF8);
    }

    private static String detail(Reason fault) {
        return fault == Reason.TOO_DEEP
                ? "its resource or scope has " + StructureCheck.TOO_DEEP
                : "text of its resource or scope is not UTF-8";
    }

    /** Whether a resource of this group has the attribute by which Envoy's access loggers name themselves. */
    private boolean isProxyLog(byte[] bytes, ProtoReader in) {
        boolean found = false;
        while (in.hasNext()) {
            int tag = in.tag();
            if (tag != FIRST) {
                in.skip(tag);
                continue;
            }
            int size = in.length();
            shared.reset(bytes, in.position(), size);
            while (shared.hasNext()) {
                int attributeTag = shared.tag();
                if (attributeTag == FIRST) {
                    int attributeSize = shared.length();
                    attribute.read(bytes, shared.position(), attributeSize);
                    found |= attribute.key() == KnownKey.LOG_NAME;
                    shared.advance(attributeSize);
                } else {
                    shared.skip(attributeTag);
                }
            }
            in.advance(size);
        }
        return found;
    }
}
