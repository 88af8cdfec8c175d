package dev.plait.ingest.accesslog;

import dev.plait.ingest.Rejected.Reason;

/** Why one log cannot be taken; {@code detail} is a clause without the payload, which a position follows. */
public record Problem(Reason reason, String detail) {}
