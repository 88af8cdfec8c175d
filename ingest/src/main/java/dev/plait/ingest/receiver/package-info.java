/** Network listeners in front of Kafka: what they answer with success is on a topic. The only part of this module with I/O. */
package dev.plait.ingest.receiver;
