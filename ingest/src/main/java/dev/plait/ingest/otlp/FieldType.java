package dev.plait.ingest.otlp;

import dev.plait.schemas.wire.ProtoReader;

/** How a field's value looks on the wire and, for {@link JsonScalars}, in JSON. */
enum FieldType {
    STRING(ProtoReader.LEN),
    BYTES(ProtoReader.LEN),
    TRACE_ID(ProtoReader.LEN),
    SPAN_ID(ProtoReader.LEN),
    MESSAGE(ProtoReader.LEN),
    BOOL(ProtoReader.VARINT),
    ENUM(ProtoReader.VARINT),
    INT32(ProtoReader.VARINT),
    UINT32(ProtoReader.VARINT),
    SINT32(ProtoReader.VARINT),
    INT64(ProtoReader.VARINT),
    UINT64(ProtoReader.VARINT),
    FIXED32(ProtoReader.FIXED32),
    FIXED64(ProtoReader.FIXED64),
    SFIXED64(ProtoReader.FIXED64),
    DOUBLE(ProtoReader.FIXED64);

    private final int wireType;

    FieldType(int wireType) {
        this.wireType = wireType;
    }

    int wireType() {
        return wireType;
    }
}
