package dev.plait.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentPiecesTest {
    private final SentPieces sent = new SentPieces(4);

    @Test
    void laterRevision_hasItsNewPiecesUnsent() {
        sent.unsent("a", 1, new long[] {1, 2});

        assertThat(sent.unsent("a", 2, new long[] {1, 3, 2}).toString()).isEqualTo("{1}");
        assertThat(sent.unsent("a", 3, new long[] {1, 3, 2}).isEmpty()).isTrue();
    }

    @Test
    void revisionDeliveredAgain_isSentAgainTheSame() {
        sent.unsent("a", 1, new long[] {1, 2});
        sent.unsent("a", 2, new long[] {1, 2, 3});

        assertThat(sent.unsent("a", 2, new long[] {1, 2, 3}).toString()).isEqualTo("{2}");
        assertThat(sent.unsent("a", 1, new long[] {1, 2}).toString()).isEqualTo("{0, 1}");
    }

    @Test
    void equalPiecesOfOneRevision_areAllSent() {
        assertThat(sent.unsent("a", 1, new long[] {1, 1}).cardinality()).isEqualTo(2);
    }

    @Test
    void beyondTheLimit_theEldestIsForgotten() {
        sent.unsent("a", 1, new long[] {1, 2});
        sent.unsent("b", 1, new long[] {1, 2});
        sent.unsent("c", 1, new long[] {1});

        assertThat(sent.held()).isEqualTo(3);
        assertThat(sent.unsent("b", 2, new long[] {1, 2}).isEmpty()).isTrue();
        assertThat(sent.unsent("a", 2, new long[] {1, 2}).cardinality()).isEqualTo(2);
    }

    @Test
    void traceLargerThanTheLimit_isNotKept() {
        assertThat(sent.unsent("a", 1, new long[] {1, 2, 3, 4, 5}).cardinality())
                .isEqualTo(5);
        assertThat(sent.held()).isZero();
    }
}
