package dev.plait.schemas.model;

/** Why a trace was closed, as the output names it. */
public enum CloseReason {
    /** The root has ended and no parent is missing. */
    ROOT_COMPLETE,
    /** Nothing came for the idle gap. */
    IDLE,
    /** The first piece is older than the maximal age. */
    MAX_AGE,
    /** The trace has more spans than it may. */
    MAX_SPANS,
    /** The trace has more bytes than it may. */
    MAX_BYTES,
    /** The pieces came later than the late window. */
    LATE
}
