package dev.plait.ingest.otlp;

import dev.plait.schemas.wire.ProtoReader;

/**
 * 64-bit hashes of what attributes say, whatever their order and however their lengths were encoded: those of the single
 * attributes are added. Equal on every machine. Inside lists and maps the bytes count as they are. Not thread safe.
 */
final class IdentityHash {
    private final ProtoReader reader = new ProtoReader();
    private final AttributeReader attribute = new AttributeReader(new StructureCheck());

    /** Of one {@code KeyValue}. */
    long attribute(byte[] bytes, int offset, int length) {
        attribute.read(bytes, offset, length);
        long key = ContentHash.of(bytes, attribute.keyOffset(), attribute.keyLength(), attribute.kind());
        return switch (attribute.kind()) {
            case AttributeReader.UNSET -> key;
            case AttributeReader.BOOL, AttributeReader.INT, AttributeReader.DOUBLE ->
                ContentHash.of(bytes, 0, 0, key ^ attribute.number() * 0x9E3779B97F4A7C15L);
            default -> ContentHash.of(bytes, attribute.offset(), attribute.length(), key);
        };
    }

    /** Of a message with attributes in field {@code attributes}, and texts in the fields below it. 0 when it says nothing. */
    long message(byte[] bytes, int offset, int length, int attributes) {
        long hash = 0;
        reader.reset(bytes, offset, length);
        while (reader.hasNext()) {
            int tag = reader.tag();
            int field = ProtoReader.field(tag);
            if (ProtoReader.wireType(tag) != ProtoReader.LEN || field > attributes) {
                reader.skip(tag);
                continue;
            }
            int size = reader.length();
            int at = reader.position();
            hash += field == attributes ? attribute(bytes, at, size) : ContentHash.of(bytes, at, size, field);
            reader.advance(size);
        }
        return hash;
    }
}
