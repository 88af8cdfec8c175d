package dev.plait.correlator.slo.sli;

import dev.plait.schemas.model.CountedRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads the group of a request. Equal groups are mostly the same object: up to 1000 of them are remembered. */
final class GroupReader {
    private static final int MAX_REMEMBERED = 1000;

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<String, SloGroup> groups = new HashMap<>();

    /** @param names of request fields, tags or attributes */
    GroupReader(List<String> names) {
        names.forEach(name -> slots.put(
                name,
                Slot.Kind.ofVariable(name)
                        .filter(kind -> !kind.isMap())
                        .map(Slot::of)
                        .orElseGet(() -> new Slot(Slot.Kind.EITHER, name))));
    }

    Reads reads() {
        return new Reads(new TreeSet<>(slots.values()), false);
    }

    SloGroup of(CountedRequest request) {
        if (slots.isEmpty()) {
            return SloGroup.NONE;
        }
        Map<String, String> values = new LinkedHashMap<>();
        slots.forEach((name, slot) -> values.put(name, text(slot, request)));
        SloGroup group = SloGroup.of(values);
        if (groups.size() >= MAX_REMEMBERED) {
            groups.clear();
        }
        return Optional.ofNullable(groups.putIfAbsent(group.text(), group)).orElse(group);
    }

    private static String text(Slot slot, CountedRequest request) {
        Object value = switch (slot.kind()) {
            case STATUS -> request.status() == 0 ? "" : Integer.toString(request.status());
            case ERROR -> request.error();
            default -> slot.value(request);
        };
        String text = value == null ? "" : value instanceof Double number ? whole(number) : value.toString();
        return text.length() <= SloGroup.MAX_VALUE ? text : text.substring(0, SloGroup.MAX_VALUE - 1) + "…";
    }

    /** Kong writes all numbers as doubles: 200.0 is 200. */
    private static String whole(double number) {
        long whole = (long) number;
        return whole == number ? Long.toString(whole) : Double.toString(number);
    }
}
