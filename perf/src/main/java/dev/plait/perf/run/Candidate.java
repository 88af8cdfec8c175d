package dev.plait.perf.run;

import java.util.List;

/**
 * A system that is run on the input.
 *
 * @param name as the report names it
 * @param applicationId Kafka Streams application ID, the group that commits input offsets
 * @param output the topic of its answer
 * @param mainClass with {@code arguments}, what its process runs
 */
record Candidate(String name, String applicationId, String output, String mainClass, List<String> arguments) {
    static final String IDENTITY_OUTPUT = "perf-identity";
    static final String TWO_HOP_OUTPUT = "perf-two-hop";

    Candidate {
        arguments = List.copyOf(arguments);
    }
}
