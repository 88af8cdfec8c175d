package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.FrameItems;
import dev.plait.schemas.model.ItemFlags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestMatcherTest {
    private static final long WAIT_MS = 10_000;
    private static final long REMEMBER_MS = 60_000;

    private final RequestMatcher matcher = new RequestMatcher(WAIT_MS, REMEMBER_MS);
    private final List<String> matches = new ArrayList<>();
    private final List<Long> freed = new ArrayList<>();
    private final List<Long> ended = new ArrayList<>();
    private long sequence;

    @Test
    void matcher_joinsLogThatWaited() {
        log(0, 7, 100);

        announce(9_000, 7, 42);

        assertThat(matches).containsExactly("0/0 -> 42");
        assertThat(matcher.waiting()).isZero();
    }

    @Test
    void matcher_joinsLogThatComesAfterItsSpan() {
        announce(0, 7, 42);

        log(30_000, 7, 100);

        assertThat(matches).containsExactly("1/0 -> 42");
    }

    @Test
    void matcher_endsLogUntracedOnceItsWaitIsOver() {
        log(0, 7, 100);

        matcher.expire(10_000, freed::add, (sequence, item) -> ended.add(sequence));
        announce(10_001, 7, 42);

        assertThat(matches).isEmpty();
        assertThat(matcher.untraced()).isEqualTo(1);
        assertThat(ended).containsExactly(0L);
        assertThat(freed).containsExactly(0L);
    }

    @Test
    void matcher_keepsWaitingJustBeforeTheDeadline() {
        log(0, 7, 100);

        matcher.expire(9_999, freed::add, (sequence, item) -> ended.add(sequence));
        announce(9_999, 7, 42);

        assertThat(matches).containsExactly("0/0 -> 42");
    }

    @Test
    void matcher_tellsCopiesOfALog() {
        log(0, 7, 100);
        log(1, 7, 100);

        announce(2, 7, 42);

        assertThat(matches).containsExactly("0/0 -> 42");
    }

    @Test
    void matcher_joinsLogsOfTwoProxiesWithOneRequestId() {
        log(0, 7, 100);
        log(1, 7, 200);

        announce(2, 7, 42);

        assertThat(matches).containsExactly("0/0 -> 42", "1/0 -> 42");
    }

    @Test
    void matcher_joinsTheAccessLogOfARequestWithManyLogsOfAProgram() {
        for (int line = 0; line < 100; line++) {
            append(new Item(0, 0, 7, 0, line, ItemFlags.LOG));
        }
        log(1, 7, 200);

        announce(2, 7, 42);

        assertThat(matches).hasSize(RequestMatcher.MAX_PROGRAM_LOGS + 1).contains("100/0 -> 42");
        assertThat(matcher.untraced()).isEqualTo(100 - RequestMatcher.MAX_PROGRAM_LOGS);
    }

    @Test
    void matcher_keepsTheFirstTraceThatAnnouncesARequestId() {
        announce(0, 7, 42);
        announce(1, 7, 43);

        log(2, 7, 100);

        assertThat(matches).containsExactly("2/0 -> 42");
        assertThat(matcher.ambiguous()).isEqualTo(1);
    }

    @Test
    void matcher_freesEveryFrameOnceAndForgetsEverything() {
        for (int i = 0; i < 100; i++) {
            log(i, i, i);
            announce(i, i + 50, i + 1);
        }

        matcher.expire(Long.MAX_VALUE, freed::add, (sequence, item) -> ended.add(sequence));

        assertThat(freed).hasSize(200).doesNotHaveDuplicates();
        assertThat(matcher.waiting()).isZero();
        announce(200, 3, 9);
        assertThat(matches).doesNotContain("6/0 -> 9");
    }

    private void log(long arrivalMs, long request, long hash) {
        append(new Item(arrivalMs, 0, request, 0, hash, ItemFlags.LOG | ItemFlags.ACCESS_LOG));
    }

    private void announce(long arrivalMs, long request, long trace) {
        append(new Item(arrivalMs, 0, trace, 0, request, ItemFlags.ANNOUNCEMENT));
    }

    private void append(FrameItems frame) {
        matcher.append(sequence++, frame, (from, item, high, low) -> matches.add(from + "/" + item + " -> " + low));
    }

    /** A frame of one item. */
    private record Item(long arrivalMs, long high, long low, long spanId, long parentOrHash, int flags)
            implements FrameItems {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public long traceHigh(int item) {
            return high;
        }

        @Override
        public long traceLow(int item) {
            return low;
        }

        @Override
        public long spanId(int item) {
            return spanId;
        }

        @Override
        public long parentSpanId(int item) {
            return parentOrHash;
        }

        @Override
        public long contentHash(int item) {
            return parentOrHash;
        }

        @Override
        public int flags(int item) {
            return flags;
        }

        @Override
        public int sizeBytes(int item) {
            return 100;
        }
    }
}
