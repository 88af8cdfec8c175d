package dev.plait.ingest.openslo;

import java.util.Optional;
import java.util.Set;

/** The kinds that only name something: whoever refers to them finds them here, Plait itself needs nothing from them. */
final class DataSources {
    private DataSources() {}

    static void check(OpenSloObject dataSource) {
        Fields spec = dataSource.spec();
        dataSource.checkAnnotations(Set.of());
        spec.ignore("description", "connectionDetails");
        spec.text("type", "a type such as plait");
        spec.end();
    }

    static void checkNamed(OpenSloObject object) {
        object.checkAnnotations(Set.of());
        object.spec().ignore("description", "target");
        object.spec().end();
    }

    static Optional<String> type(OpenSloObject dataSource) {
        return dataSource.spec().has("type") ? dataSource.spec().text("type", "a type") : Optional.empty();
    }
}
