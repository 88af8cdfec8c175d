/** The Kafka Streams side: what is read from where, which processor keeps what in which store, and where results go. */
package dev.plait.topology;
