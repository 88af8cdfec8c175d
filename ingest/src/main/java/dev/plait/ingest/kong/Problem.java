package dev.plait.ingest.kong;

import dev.plait.ingest.Rejected.Reason;

/** Why one log cannot be taken; {@code detail} is a clause that a position follows. */
record Problem(Reason reason, String detail) {}
