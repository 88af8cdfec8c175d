package dev.plait.ingest.otlp;

import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.redact.Redaction;
import dev.plait.ingest.traceid.PropagatedContext;
import dev.plait.schemas.model.ItemFlags;
import dev.plait.schemas.wire.ProtoReader;
import java.util.Optional;

/**
 * Reads one OTLP LogRecord: ids, request ID, whether it is a proxy's access log, and the hash by which copies are told. A
 * record whose trace ID is none is of the trace that {@link LogTraces} finds, else kept untraced: OTLP says to keep what carries it.
 *
 * <p>An access log names a method and a status in the words of the semantic conventions and was written by a gateway: it has
 * attributes of Kong's, or its resource is that of Envoy's access logger. It is an error when its status is 500 or above or
 * its response flags blame the upstream, or when its gRPC status blames the server. Other records of Envoy's access logger are
 * for {@link ProxyLogs} to read.
 */
final class LogScanner implements ItemScanner {
    private static final int TIME = 1 << 3 | ProtoReader.FIXED64;
    private static final int BODY = 5 << 3 | ProtoReader.LEN;
    private static final int ATTRIBUTES = 6 << 3 | ProtoReader.LEN;
    private static final int TRACE_ID = 9 << 3 | ProtoReader.LEN;
    private static final int SPAN_ID = 10 << 3 | ProtoReader.LEN;
    private static final int OBSERVED_TIME = 11 << 3 | ProtoReader.FIXED64;

    private final ProtoReader reader = new ProtoReader();
    private final StructureCheck check = new StructureCheck();
    private final AttributeReader attribute = new AttributeReader(check);
    private final RequestIds requestIds = new RequestIds();
    private final IdSlot traceId = new IdSlot();
    private final IdSlot spanId = new IdSlot();
    private final SliceMask mask;
    private final ProxyLogs proxyLogs;
    private final LogTraces logTraces;
    private long timeNanos;
    private int attributes;
    private boolean longKey;
    private boolean method;
    private boolean kong;
    private boolean upstreamFault;
    private boolean grpcFault;
    private boolean hasStatus;
    private int status;

    LogScanner(Redaction redaction, ProxyLogs proxyLogs, LogTraces logTraces) {
        this.logTraces = logTraces;
        this.proxyLogs = proxyLogs;
        mask = new SliceMask(redaction);
    }

    @Override
    public void begin() {
        logTraces.begin();
    }

    @Override
    public void scan(byte[] bytes, int offset, int length, RecordScan record) {
        clear();
        mask.start(bytes, offset, length);
        reader.reset(bytes, offset, length);
        while (reader.hasNext()) {
            readField(bytes, reader.tag());
        }
        if (check.tooDeepAt() != StructureCheck.NONE) {
            record.reject(Reason.TOO_DEEP, StructureCheck.TOO_DEEP, check.tooDeepAt());
        } else if (check.badUtf8At() != StructureCheck.NONE) {
            record.reject(Reason.BAD_UTF8, "text of the log record is not UTF-8", check.badUtf8At());
        } else if (attributes > SpanScanner.MAX_ENTRIES) {
            record.reject(Reason.TOO_MANY, "more than 10000 attributes of one log record", offset);
        } else if (longKey) {
            record.reject(Reason.TOO_LARGE, "an attribute key of more than 4096 bytes", offset);
        } else {
            accept(bytes, offset, length, record);
        }
    }

    private void clear() {
        check.clear();
        requestIds.clear();
        traceId.clear();
        spanId.clear();
        timeNanos = 0;
        attributes = 0;
        longKey = false;
        method = false;
        kong = false;
        upstreamFault = false;
        grpcFault = false;
        hasStatus = false;
        status = -1;
    }

    private void readField(byte[] bytes, int tag) {
        switch (tag) {
            case TIME, OBSERVED_TIME -> timeNanos |= reader.fixed64();
            case TRACE_ID -> traceId.read(reader);
            case SPAN_ID -> spanId.read(reader);
            case BODY -> readBody(bytes);
            case ATTRIBUTES -> readAttribute(bytes);
            default -> check.field(OtlpSchema.LOG_RECORD, reader, tag);
        }
    }

    private void readBody(byte[] bytes) {
        int size = reader.length();
        check.message(OtlpSchema.ANY_VALUE, bytes, reader.position(), size);
        mask.body(reader.position(), size);
        reader.advance(size);
    }

    private void readAttribute(byte[] bytes) {
        int size = reader.length();
        attribute.read(bytes, reader.position(), size);
        KnownKey key = mask.attribute(attribute, reader.position(), size);
        reader.advance(size);
        attributes++;
        longKey |= attribute.keyLength() > AttributeReader.MAX_KEY_BYTES;
        switch (key) {
            case NONE -> {
                // of no meaning here
            }
            case HTTP_METHOD -> method = true;
            case HTTP_STATUS -> {
                hasStatus = true;
                status = attribute.code();
            }
            case RPC_STATUS, RPC_RESPONSE_STATUS, RPC_GRPC_STATUS, GRPC_STATUS ->
                grpcFault |= GrpcStatus.isServerError(GrpcStatus.of(attribute));
            case RESPONSE_FLAGS, ENVOY_RESPONSE_FLAGS -> upstreamFault = SpanErrorRule.hasFault(attribute);
            case KONG -> kong = true;
            default -> {
                kong |= key == KnownKey.KONG_REQUEST_ID;
                requestIds.attribute(key, attribute);
            }
        }
    }

    private void accept(byte[] bytes, int offset, int length, RecordScan record) {
        if (timeNanos == 0) {
            record.normalised(Normalised.NO_TIME);
        }
        boolean traced = traceId.isTraceId();
        if (!traced && !traceId.isAbsent()) {
            record.normalised(Normalised.BAD_LOG_ID);
        }
        int flags = flags(record);
        if (record.isProxyLog() && flags == ItemFlags.LOG) {
            if (record.handOver(proxyLogs, bytes, offset, length)) {
                return;
            }
            record.normalised(Normalised.UNREAD_ACCESS_LOG);
        }
        long high = traced ? traceId.high() : 0;
        long low = traced ? traceId.low() : 0;
        long span = spanId.isSpanId() ? spanId.low() : 0;
        Optional<PropagatedContext> named = traced ? Optional.empty() : logTraces.of(bytes, offset, length);
        if (named.isPresent()) {
            record.normalised(Normalised.TRACE_BY_NAME);
            high = named.get().traceId().high();
            low = named.get().traceId().low();
            span = span != 0 ? span : named.get().spanId();
        }
        requestIds.announce(record);
        record.item(
                high,
                low,
                span,
                ContentHash.of(bytes, offset, length, record.resource().hash()),
                flags,
                mask);
    }

    private int flags(RecordScan record) {
        if (!method || !hasStatus || !kong && !record.isProxyLog()) {
            return ItemFlags.LOG;
        }
        int error = status >= 500 || upstreamFault || grpcFault ? ItemFlags.ERROR : 0;
        return ItemFlags.LOG | ItemFlags.ACCESS_LOG | error;
    }
}
