/** A real Kafka broker in this process, and the plain reading of topics that the commands share. */
package dev.plait.app.kafka;
