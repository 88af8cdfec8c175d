package dev.plait.correlator.red;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExemplarsTest {
    @Test
    void failedRequests_standBeforeOthers() {
        Exemplars exemplars = new Exemplars();
        for (int low = 1; low <= 100; low++) {
            exemplars.add(low == 77 || low == 78, 0, low);
        }

        assertThat(exemplars.traceIds()).hasSize(5);
        assertThat(exemplars.traceIds().subList(0, 2))
                .containsExactlyInAnyOrder("0000000000000000000000000000004d", "0000000000000000000000000000004e");
    }

    @Test
    void requestWithoutATrace_isNone() {
        Exemplars exemplars = new Exemplars();

        exemplars.add(true, 0, 0);

        assertThat(exemplars.traceIds()).isEmpty();
    }

    @Property
    void choice_doesNotDependOnOrderGroupingOrStorage(@ForAll long seed) {
        Random random = new Random(seed);
        List<long[]> requests = new ArrayList<>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            requests.add(new long[] {random.nextInt(4) == 0 ? 1 : 0, random.nextInt(2), 1 + random.nextInt(12)});
        }
        Exemplars inOrder = new Exemplars();
        requests.forEach(request -> inOrder.add(request[0] == 1, request[1], request[2]));

        Collections.shuffle(requests, random);
        Exemplars merged = new Exemplars();
        Exemplars part = new Exemplars();
        for (long[] request : requests) {
            part.add(request[0] == 1, request[1], request[2]);
            if (random.nextInt(4) == 0) {
                merged.merge(copy(part));
                part = new Exemplars();
            }
        }
        part.merge(copy(merged));

        assertThat(bytes(part)).isEqualTo(bytes(inOrder));
        assertThat(part.traceIds()).isEqualTo(inOrder.traceIds());
    }

    private static Exemplars copy(Exemplars exemplars) {
        return Exemplars.read(new PackedReader(bytes(exemplars)));
    }

    private static byte[] bytes(Exemplars exemplars) {
        PackedWriter out = new PackedWriter();
        exemplars.write(out);
        return out.toBytes();
    }
}
