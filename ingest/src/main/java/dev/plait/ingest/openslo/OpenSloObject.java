package dev.plait.ingest.openslo;

import dev.plait.schemas.model.SloBounds;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One OpenSLO object, in a document of its own or within another.
 *
 * @param annotations empty when there are none
 */
record OpenSloObject(
        Kind kind, String name, String displayName, Fields whole, Optional<Fields> annotations, Fields spec) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final String API = "openslo/v1";

    /** The kinds of OpenSLO v1. */
    enum Kind {
        SLO("SLO"),
        SLI("SLI"),
        ALERT_POLICY("AlertPolicy"),
        ALERT_CONDITION("AlertCondition"),
        NOTIFICATION_TARGET("AlertNotificationTarget"),
        SERVICE("Service"),
        DATA_SOURCE("DataSource");

        private static final String ALL =
                "SLO, SLI, AlertPolicy, AlertCondition, AlertNotificationTarget, Service or DataSource";
        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        static Optional<Kind> ofLabel(String label) {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** The object of a document. */
    static Optional<OpenSloObject> ofDocument(Fields document) {
        Optional<String> api = document.text("apiVersion", API);
        if (api.isPresent() && !api.get().equals(API)) {
            document.wrong("apiVersion", API);
            return Optional.empty();
        }
        Optional<String> label = document.text("kind", Kind.ALL);
        Optional<Kind> kind = label.flatMap(Kind::ofLabel);
        if (label.isPresent() && kind.isEmpty()) {
            document.wrong("kind", Kind.ALL);
        }
        return kind.flatMap(one -> of(one, document));
    }

    /** An object within another, where apiVersion and kind may be left out. */
    static Optional<OpenSloObject> inline(Kind kind, Fields fields) {
        fields.ignore("apiVersion");
        Optional<String> label = fields.optionalText("kind", kind.label());
        if (label.isPresent() && !label.get().equals(kind.label())) {
            fields.wrong("kind", kind.label());
        }
        return of(kind, fields);
    }

    private static Optional<OpenSloObject> of(Kind kind, Fields fields) {
        Optional<Fields> metadata = fields.object("metadata", "a mapping with name");
        Optional<Fields> spec = fields.object("spec", "a mapping");
        fields.end();
        Optional<String> name = metadata.flatMap(OpenSloObject::name);
        String displayName = metadata.flatMap(known -> known.optionalText("displayName", "text"))
                .orElse("");
        Optional<Fields> annotations =
                metadata.flatMap(known -> known.optionalObject("annotations", "a mapping of texts"));
        metadata.ifPresent(known -> {
            known.ignore("labels");
            known.end();
        });
        if (name.isEmpty() || spec.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OpenSloObject(kind, name.get(), displayName, fields, annotations, spec.get()));
    }

    private static Optional<String> name(Fields metadata) {
        String right = "at most " + SloBounds.MAX_NAME
                + " letters, digits, dashes, dots and underscores, a letter or digit at both ends";
        Optional<String> name = metadata.text("name", right);
        if (name.isPresent()
                && (name.get().length() > SloBounds.MAX_NAME
                        || !NAME.matcher(name.get()).matches())) {
            metadata.wrong("name", right);
            return Optional.empty();
        }
        return name;
    }

    /** Plait's own annotations must be known; others are somebody else's. */
    void checkAnnotations(Set<String> known) {
        annotations.ifPresent(given -> given.keys().stream()
                .filter(key -> key.startsWith("plait.dev/") && !known.contains(key))
                .forEach(key -> given.problem(
                        key,
                        "unknown annotation; known"
                                + (known.isEmpty() ? " is none here" : " are " + String.join(", ", known)))));
    }
}
