package dev.plait.ingest.receiver;

import java.time.Duration;

/**
 * What clients may ask of the receivers, whoever they are.
 *
 * @param decompressedBytes the largest request, after decompression and before it
 * @param recordBytes the largest value that is written to a topic; larger requests are split
 * @param inFlightBytes of all requests together that are not answered yet; beyond it they are told to come again
 * @param connections of one port; further ones are closed at once
 * @param requestTime within which a whole request must have come
 * @param idleTime after which a connection without a request is closed
 * @param ackTime within which Kafka must have acknowledged
 * @param requestsPerSecond of all ports, with bursts of one second; 0: any number
 * @param bytesPerSecond of all ports, decompressed, with bursts of one second; 0: any number
 * @param lineBytes the longest line that is taken over TCP; the rest of a longer one is cut off
 * @param lineIdleTime after which a TCP connection without a line is closed
 */
public record ReceiverLimits(
        int decompressedBytes,
        int recordBytes,
        long inFlightBytes,
        int connections,
        Duration requestTime,
        Duration idleTime,
        Duration ackTime,
        long requestsPerSecond,
        long bytesPerSecond,
        int lineBytes,
        Duration lineIdleTime) {}
