package dev.plait.schemas.wire;

import static dev.plait.schemas.wire.ProtoReader.LEN;

import dev.plait.schemas.model.AttributeNames;
import dev.plait.schemas.model.Origin;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads OTLP {@code Resource} and {@code InstrumentationScope}. Source: resource.proto, common.proto. */
final class OriginSlices {
    private static final int RESOURCE_ATTRIBUTE = 1 << 3 | LEN;
    private static final int SCOPE_NAME = 1 << 3 | LEN;

    private final SliceCursor cursor = new SliceCursor();
    private final TextCache texts;
    private final ValueReader values;
    private final AttributeNames names;

    OriginSlices(TextCache texts, ValueReader values, AttributeNames names) {
        this.texts = texts;
        this.values = values;
        this.names = names;
    }

    Origin read(Frame frame, int item) {
        return new Origin(resource(frame, item), scope(frame, item), frame.source(), frame.tags());
    }

    private Map<String, Object> resource(Frame frame, int item) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        cursor.reset(frame.body(), frame.resourceOffset(item), frame.resourceLength(item));
        while (cursor.next()) {
            if (cursor.tag() == RESOURCE_ATTRIBUTE) {
                values.attribute(cursor, attributes);
            }
        }
        names.ofOther(attributes);
        return attributes;
    }

    private String scope(Frame frame, int item) {
        String name = "";
        cursor.reset(frame.body(), frame.scopeOffset(item), frame.scopeLength(item));
        while (cursor.next()) {
            if (cursor.tag() == SCOPE_NAME) {
                name = texts.text(cursor.bytes(), cursor.start(), cursor.length());
            }
        }
        return name;
    }
}
