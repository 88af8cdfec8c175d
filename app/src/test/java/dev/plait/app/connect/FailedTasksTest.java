package dev.plait.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailedTasksTest {
    private static final String TRACE = "org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask"
            + "\\n\\tat x.Y\\nCaused by: java.io.IOException: no such host\\n\\tat x.Z";

    private final FailedTasks failed = new FailedTasks("127.0.0.1:8083");

    @Test
    void failedTask_isToldOnceAndStartedAgainWhenDue() throws IOException {
        assertThat(failed.look(status("FAILED", "127.0.0.1:8083"), 0).lines())
                .containsExactly("sink pager, task 0 failed: IOException: no such host; it starts again in 5 s");
        assertThat(failed.look(status("FAILED", "127.0.0.1:8083"), 4_999))
                .isEqualTo(failed.look(status("RUNNING", "127.0.0.1:8083"), 4_999));
        assertThat(failed.look(status("FAILED", "127.0.0.1:8083"), 5_000).restarts())
                .containsExactly("pager/tasks/0");
    }

    @Test
    void taskThatFailsAgain_waitsTwiceAsLongUpToFiveMinutes() throws IOException {
        long nowMs = 0;
        String last = "";
        for (int i = 0; i < 10; i++) {
            last = String.join(
                    "", failed.look(status("FAILED", "127.0.0.1:8083"), nowMs).lines());
            nowMs += 300_000;
            assertThat(failed.look(status("FAILED", "127.0.0.1:8083"), nowMs).restarts())
                    .hasSize(1);
            if (i == 1) {
                assertThat(last).endsWith("it starts again in 10 s");
            }
        }
        assertThat(last).endsWith("it starts again in 300 s");
    }

    @Test
    void taskThatRunsForAMinute_beginsAnew() throws IOException {
        failed.look(status("FAILED", "127.0.0.1:8083"), 0);
        failed.look(status("FAILED", "127.0.0.1:8083"), 5_000);

        assertThat(failed.look(status("RUNNING", "127.0.0.1:8083"), 64_999).lines())
                .isEmpty();
        assertThat(failed.look(status("RUNNING", "127.0.0.1:8083"), 65_000).lines())
                .containsExactly("sink pager, task 0 runs again");
        assertThat(failed.look(status("FAILED", "127.0.0.1:8083"), 70_000).lines())
                .singleElement()
                .asString()
                .endsWith("it starts again in 5 s");
    }

    @Test
    void taskOfAnotherWorker_isLeftToIt() throws IOException {
        assertThat(failed.look(status("FAILED", "127.0.0.1:9999"), 0).lines()).isEmpty();
    }

    private static JsonNode status(String state, String worker) throws IOException {
        return new ObjectMapper().readTree("""
                {"pager": {"status": {
                  "connector": {"state": "RUNNING", "worker_id": "127.0.0.1:8083"},
                  "tasks": [{"id": 0, "state": "%s", "worker_id": "%s", "trace": "%s"}]}}}
                """.formatted(state, worker, TRACE));
    }
}
