package dev.plait.correlator.alert;

import dev.plait.schemas.model.SloStatus.Burn;
import java.util.List;

/**
 * How a condition stands.
 *
 * @param fires it is true, and certain enough to begin an alert
 * @param holds it is true enough for an alert that fires to go on
 * @param burn its pairs of windows, if it has any
 * @param windowMs the window that tells most of it; 0 when it has none
 * @param shortMs the short window beside it; equal when it has none
 */
record Standing(boolean fires, boolean holds, List<Burn> burn, long windowMs, long shortMs) {}
