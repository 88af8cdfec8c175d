/**
 * Requests, errors and durations: what counts as a request, what was counted of it by series and window, and the windows
 * themselves. The windowing, the sketch and the packed form serve {@code correlator.graph} too.
 */
package dev.plait.correlator.red;
