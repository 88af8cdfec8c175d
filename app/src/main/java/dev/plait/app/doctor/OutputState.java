package dev.plait.app.doctor;

/** One output topic: whether it is there, and what was written to it in the window. */
record OutputState(String topic, TopicState state, Slice slice) {}
