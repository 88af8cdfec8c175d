/** The capture file: Kafka records as JSON Lines, and raw files as records. */
package dev.plait.app.capture;
