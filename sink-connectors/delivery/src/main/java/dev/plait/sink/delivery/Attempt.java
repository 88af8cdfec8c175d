package dev.plait.sink.delivery;

import java.util.Map;
import java.util.Optional;

/** Some records on their way to a backend, run until everything has its answer. Used by one thread. */
public interface Attempt {
    /**
     * Sends what has no answer yet. Returns at the first "not now", and is called again then; what was answered is not sent
     * again. Interrupted, it returns as soon as it can.
     */
    Optional<Later> run();

    /** Why records were refused for good, by their index; read after {@link #run} is done. */
    Map<Integer, String> refused();
}
