/** Which traces backends should keep. Pure functions of a trace's ID, status and duration. */
package dev.plait.correlator.sampling;
