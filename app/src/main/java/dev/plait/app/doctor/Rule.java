package dev.plait.app.doctor;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One kind of finding in one kind of thing seen. */
@FunctionalInterface
interface Rule<T> {
    /** Fewer than so many of something say nothing about its share. */
    int ENOUGH = 20;

    Optional<Finding> check(T seen);

    static <T> Stream<Finding> all(List<Rule<T>> rules, Collection<T> seen) {
        return seen.stream().flatMap(one -> rules.stream().flatMap(rule -> rule.check(one).stream()));
    }
}
