package dev.plait.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.plait.ingest.Rejected;
import dev.plait.ingest.Rejected.Reason;
import dev.plait.ingest.SignalSink;
import dev.plait.schemas.wire.ProtoWriter;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/**
 * Writes the messages of one record's JSON as protobuf, field by field as they come. A value that its field cannot have spoils
 * its item, which is taken out again and refused alone; outside of items it spoils the record. Reading goes on either way.
 *
 * <p>Of what is nested deeper than any value may be, the outer part is written, by which the scanner refuses its item, or those of
 * its resource. A field given twice is written twice, which protobuf reads as the last scalar and the sum of both lists.
 */
final class JsonMessages {
    /** Of messages: one value more than {@link StructureCheck} lets pass, as a map in a metric's exemplar, is not that deep. */
    private static final int MAX_DEPTH = 3 * (StructureCheck.MAX_VALUE_DEPTH + 1) + 13;

    private static final String VALUES = "values";

    /** The field of a request in which resource groups are. */
    private static final int GROUP = 1;

    private static final int NO_GROUP = -1;

    private final Signal signal;
    private final MessageType data;
    private final MessageType itemType;
    private final JsonParser in;
    private final int base;
    private final ProtoWriter out;
    private final JsonScalars scalars;
    private final RecordScan record;
    private final SignalSink sink;
    private final BitSet refusedItems;
    private Optional<Rejected> refusal = Optional.empty();
    private Optional<Rejected> itemFault = Optional.empty();
    private boolean inItem;
    private int items;
    private int depth;

    /**
     * @param base offset in the record at which the parser began
     * @param refusedItems gets the numbers of the items that are left out
     */
    JsonMessages(
            Signal signal,
            JsonParser in,
            int base,
            ProtoWriter out,
            RecordScan record,
            SignalSink sink,
            BitSet refusedItems) {
        this.signal = signal;
        this.data = signal.data();
        this.itemType = signal.item();
        this.in = in;
        this.base = base;
        this.out = out;
        this.scalars = new JsonScalars(out);
        this.record = record;
        this.sink = sink;
        this.refusedItems = refusedItems;
    }

    /** Why the record is refused, as far as it was read. */
    Optional<Rejected> refusal() {
        return refusal;
    }

    /** Where the parser is in the record. */
    int atByte() {
        return base + (int) in.currentLocation().getByteOffset();
    }

    /** Writes one request, or a resource group of one that stands alone; the parser is on its opening brace. */
    void request() throws IOException {
        int before = out.size();
        int group = NO_GROUP;
        boolean any = false;
        boolean ours = false;
        boolean bare = false;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            any = true;
            JsonToken token = in.nextToken();
            Field field = data.byName(name);
            if (field != null) {
                count(ours, Normalised.DUPLICATE_KEY);
                count(name.indexOf('_') >= 0, Normalised.SNAKE_CASE);
                ours = true;
                group = endGroup(group);
                field(field, token);
            } else if (isOfGroup(name, token)) {
                bare |= signal.isScopes(name);
                group = group == NO_GROUP ? out.begin(GROUP) : group;
                named(signal.resourceGroup(), name, token);
            } else {
                refuseIfOtherSignal(name);
                in.skipChildren();
            }
        }
        endGroup(group);
        count(bare, Normalised.BARE_GROUP);
        if (!ours && !bare) {
            out.truncate(before);
        }
        if (any && !ours && !bare) {
            fault(Reason.WRONG_FORMAT, "a JSON object that is no OTLP request");
        }
    }

    /** Much has a resource; that of a group is an object. */
    private boolean isOfGroup(String name, JsonToken token) {
        return signal.isScopes(name) || signal.resourceGroup().byName(name) != null && token == JsonToken.START_OBJECT;
    }

    private int endGroup(int group) {
        if (group != NO_GROUP) {
            out.end(group);
        }
        return NO_GROUP;
    }

    private void refuseIfOtherSignal(String name) {
        for (Signal other : Signal.values()) {
            if (other.data().byName(name) != null || other.isScopes(name)) {
                fault(Reason.WRONG_SIGNAL, "there are " + other.items() + ", not only " + signal.items());
            }
        }
    }

    private void message(MessageType type) throws IOException {
        long seen = 0;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            JsonToken token = in.nextToken();
            Field field = type.byName(name);
            if (field == null) {
                in.skipChildren();
            } else if (token == JsonToken.VALUE_NULL) {
                record.normalised(Normalised.NULL);
            } else {
                long bit = 1L << field.index();
                count((seen & bit) != 0, Normalised.DUPLICATE_KEY);
                seen |= bit;
                named(type, name, token);
            }
        }
        if (type == OtlpSchema.ANY_VALUE && Long.bitCount(seen) > 1) {
            fault(Reason.BAD_VALUE, "a value with more than one member");
        }
    }

    private void named(MessageType type, String name, JsonToken token) throws IOException {
        count(name.indexOf('_') >= 0, Normalised.SNAKE_CASE);
        count(type.isOlder(name), Normalised.OLDER_NAME);
        field(type.byName(name), token);
    }

    private void field(Field field, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            record.normalised(Normalised.NULL);
        } else if (!field.repeated()) {
            value(field, token);
        } else if (token == JsonToken.START_ARRAY) {
            list(field);
        } else {
            wrongType(field);
        }
    }

    private void list(Field field) throws IOException {
        boolean isItems = field.type() == FieldType.MESSAGE && field.message() == itemType;
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (isItems) {
                item(field, token);
            } else if (token == JsonToken.VALUE_NULL && !inItem) {
                record.normalised(Normalised.NULL);
            } else {
                value(field, token);
            }
        }
    }

    private void item(Field field, JsonToken token) throws IOException {
        int start = out.size();
        inItem = true;
        itemFault = Optional.empty();
        value(field, token);
        inItem = false;
        if (itemFault.isPresent()) {
            out.truncate(start);
            refusedItems.set(items);
            sink.reject(itemFault.get());
        }
        items++;
    }

    private void value(Field field, JsonToken token) throws IOException {
        boolean list = token == JsonToken.START_ARRAY && isList(field);
        if (list || field.type() == FieldType.MESSAGE && token == JsonToken.START_OBJECT) {
            count(list, Normalised.BARE_LIST);
            int start = out.begin(field.number());
            depth++;
            if (depth >= MAX_DEPTH) {
                in.skipChildren();
            } else if (list) {
                list(field.message().byName(VALUES));
            } else {
                message(field.message());
            }
            depth--;
            out.end(start);
        } else if (field.type() == FieldType.MESSAGE || token.isStructStart()) {
            wrongType(field);
        } else {
            switch (scalars.write(field, in, record)) {
                case WRITTEN -> {
                    // the next one
                }
                case BAD -> fault(Reason.BAD_VALUE, field.json() + " has a value that is none of its kind");
                case INEXACT -> refuse(Reason.BAD_VALUE, field.json() + " is a rounded number");
            }
        }
    }

    /** Whether the message is nothing but a list, for which JSON's own list may stand. */
    private static boolean isList(Field field) {
        return field.type() == FieldType.MESSAGE && field.message().byName(VALUES) != null;
    }

    private void wrongType(Field field) throws IOException {
        in.skipChildren();
        fault(Reason.WRONG_TYPE, field.json() + " is of another JSON type");
    }

    private void fault(Reason reason, String detail) {
        if (!inItem) {
            refuse(reason, detail);
        } else if (itemFault.isEmpty()) {
            int at = atByte();
            itemFault = Optional.of(new Rejected(reason, "Malformed: " + detail + " at byte " + at, at, items));
        }
    }

    private void refuse(Reason reason, String detail) {
        if (refusal.isEmpty()) {
            int at = atByte();
            refusal = Optional.of(Rejected.record(reason, "Malformed: " + detail + " at byte " + at, at));
        }
    }

    private void count(boolean happened, Normalised kind) {
        if (happened) {
            record.normalised(kind);
        }
    }
}
