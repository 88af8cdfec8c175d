package dev.plait.correlator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plait.schemas.model.CloseReason;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Assembler and clock together, with several upstream tasks. */
class SendersTest {
    private static final int SLOW = 1;
    private static final int FAST = 2;
    private static final long T0 = 1_000_000;
    private static final long WALL = 77_000_000;
    private static final long HOUR = 3_600_000;

    private final Watermarks clock = new Watermarks(10_000, Set.of(SLOW, FAST), WALL);
    private final Desk desk = new Desk(TraceRules.defaults());

    /** Each trace has its root from one sender and its child from the other; the fast one is an hour of traffic ahead. */
    @Test
    void assembler_hasNoLatePieceThoughOneSenderRacesAnHourAhead() {
        long seed = 42;
        Random random = new Random(seed);
        int traces = 3_600;
        long wallMs = WALL;
        int fast = 0;
        int slow = 0;
        while (slow < traces) {
            boolean race = fast < traces && (fast == slow || random.nextInt(200) > 0 || slow + traces < fast);
            if (race) {
                send(FAST, T0 + fast * 1_000L, wallMs, Piece.root(fast + 1, 1));
                fast++;
            } else {
                send(SLOW, T0 + slow * 1_000L, wallMs, Piece.span(slow + 1, 2, 1));
                slow++;
            }
            wallMs++;
        }
        desk.clock(T0 + 2 * HOUR);

        assertThat(desk.revisions).as("seed %s", seed).hasSize(traces).allSatisfy(r -> {
            assertThat(r.closing().revision()).isEqualTo(1);
            assertThat(r.closing().reason()).isEqualTo(CloseReason.ROOT_COMPLETE);
            assertThat(r.shown()).hasSize(2);
        });
        assertThat(desk.assembler().counts().revisions()).isZero();
    }

    @Test
    void assembler_waitsForASlowSenderUntilItWasSilentForSourceIdle() {
        send(SLOW, T0, WALL, Piece.log(9, 1));
        send(FAST, T0, WALL, Piece.root(7, 1));
        for (int second = 1; second <= 9; second++) {
            send(FAST, T0 + 60_000, WALL + second * 1_000L, Piece.log(8, second));
        }
        assertThat(desk.revisions).isEmpty();

        send(FAST, T0 + 60_001, WALL + 10_000, Piece.log(8, 10));

        assertThat(desk.revisions).extracting(r -> r.closing().traceId().low()).containsExactly(7L, 9L);
        assertThat(desk.closing(0).closedAtMs()).isEqualTo(T0 + 6_000);
    }

    @Test
    void assembler_closesTheLastTraceWhenAllInputEnds() {
        send(SLOW, T0, WALL, Piece.log(9, 1));
        send(FAST, T0 + 1_000, WALL, Piece.log(7, 1));
        clock.observe(SLOW, Watermarks.IDLE, WALL + 500);
        clock.observe(FAST, Watermarks.IDLE, WALL + 500);

        desk.clock(clock.clockMs(WALL + 8_999));
        assertThat(desk.revisions).isEmpty();
        desk.clock(clock.clockMs(WALL + 10_000));

        assertThat(desk.revisions).extracting(r -> r.closing().closedAtMs()).containsExactly(T0 + 10_000, T0 + 11_000);
    }

    @Test
    void assembler_closesWhatWasOpenBeforeARestartWithoutTraffic() {
        send(SLOW, T0, WALL, Piece.root(7, 1));
        desk.restart();
        Watermarks anew = new Watermarks(10_000, Set.of(SLOW, FAST), WALL);
        anew.resume(desk.assembler().lastArrivalMs());

        desk.clock(anew.clockMs(WALL + 70_000));

        assertThat(desk.only().closing().closedAtMs()).isEqualTo(T0 + 6_000);
    }

    private void send(int sender, long arrivalMs, long wallMs, Piece piece) {
        clock.observe(sender, arrivalMs, wallMs);
        desk.frame(clock.clockMs(wallMs), new TestFrame(arrivalMs, List.of(piece)));
    }
}
