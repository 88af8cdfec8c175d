/** Sinks: the Kafka Connect worker that runs them in this process, what it is configured with, and who looks after it. */
package dev.plait.app.connect;
