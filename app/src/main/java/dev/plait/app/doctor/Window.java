package dev.plait.app.doctor;

import java.time.Duration;

/**
 * What a run looks at.
 *
 * @param length of the time looked at
 * @param live whether it begins now; else it ends now
 * @param maxRecords most records read of one topic, the newest
 */
public record Window(Duration length, boolean live, int maxRecords) {}
