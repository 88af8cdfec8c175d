package dev.plait.app.doctor;

/**
 * One thing that is not as it could be.
 *
 * @param code a stable lower-case name of the kind of finding, for machines
 * @param subject the topic, service, group or connector it is about
 * @param seen what was seen, with numbers; may hold text from telemetry
 * @param change what to set, and where
 */
public record Finding(Severity severity, String code, String subject, String seen, String change) {}
