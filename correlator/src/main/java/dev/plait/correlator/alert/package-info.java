/** When an alert begins, fires and ends, and what it says to people. */
package dev.plait.correlator.alert;
