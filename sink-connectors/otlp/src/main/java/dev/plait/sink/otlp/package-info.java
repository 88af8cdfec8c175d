/** A Kafka Connect sink that sends Plait's records as OTLP: joined traces as spans and logs, RED and SLO records as metrics. */
package dev.plait.sink.otlp;
