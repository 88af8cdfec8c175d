package dev.plait.sink.delivery;

import java.time.Duration;
import java.util.Optional;

/** The backend does not take it now: it is to be sent again, after {@code after} when the backend says when. */
public record Later(String why, Optional<Duration> after) {
    public static Later soon(String why) {
        return new Later(why, Optional.empty());
    }
}
