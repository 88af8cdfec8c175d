/** What all sinks share: records as they come from Kafka Connect, their way to a backend in order, and HTTP. */
package dev.plait.sink.delivery;
