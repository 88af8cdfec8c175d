package dev.plait.app.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which failed connectors and tasks are due to be restarted: 5 s after they failed, then after twice as long each time, up to
 * five minutes; anew when one has run for a minute. Time is an argument, in milliseconds of any clock that does not go back.
 */
final class FailedTasks {
    private static final long FIRST_WAIT_MS = 5_000;
    private static final long LONGEST_WAIT_MS = 300_000;
    private static final long HEALED_MS = 60_000;

    private final String worker;
    private final Map<String, Failure> failures = new HashMap<>();

    /** @param worker the ID of this worker, which looks after what runs on it */
    FailedTasks(String worker) {
        this.worker = worker;
    }

    /** What to do and what to say of it, in order of names. */
    record Findings(List<String> restarts, List<String> lines) {}

    private record Failure(int times, long dueMs, long restartedMs, boolean down) {
        long waitMs() {
            return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(times - 1, 10));
        }
    }

    /** @param statuses as {@link ConnectRest#statuses} gives them */
    Findings look(JsonNode statuses, long nowMs) {
        Findings findings = new Findings(new ArrayList<>(), new ArrayList<>());
        parts(statuses).forEach((path, part) -> {
            String state = part.path("state").asText();
            if (part.path("worker_id").asText().equals(worker)) {
                if (state.equals("FAILED")) {
                    failed(path, part.path("trace").asText(), nowMs, findings);
                } else if (state.equals("RUNNING")) {
                    running(path, nowMs, findings);
                }
            }
        });
        return findings;
    }

    private void failed(String path, String trace, long nowMs, Findings findings) {
        Failure before = failures.get(path);
        if (before == null || !before.down()) {
            int times = before == null ? 1 : before.times() + 1;
            Failure failure = new Failure(times, 0, nowMs, true);
            failures.put(path, new Failure(times, nowMs + failure.waitMs(), nowMs, true));
            findings.lines()
                    .add("sink " + path.replace("/tasks/", ", task ") + " failed: " + cause(trace)
                            + "; it starts again in " + failure.waitMs() / 1000 + " s");
        } else if (nowMs >= before.dueMs()) {
            failures.put(path, new Failure(before.times(), 0, nowMs, false));
            findings.restarts().add(path);
        }
    }

    private void running(String path, long nowMs, Findings findings) {
        Failure before = failures.get(path);
        if (before != null && !before.down() && nowMs - before.restartedMs() >= HEALED_MS) {
            failures.remove(path);
            findings.lines().add("sink " + path.replace("/tasks/", ", task ") + " runs again");
        }
    }

    /** Connectors and tasks by the path that restarts them. */
    private static Map<String, JsonNode> parts(JsonNode statuses) {
        Map<String, JsonNode> parts = new TreeMap<>();
        statuses.properties().forEach(connector -> {
            JsonNode status = connector.getValue().path("status");
            parts.put(connector.getKey(), status.path("connector"));
            status.path("tasks")
                    .forEach(task -> parts.put(
                            connector.getKey() + "/tasks/" + task.path("id").asInt(), task));
        });
        return parts;
    }

    /** The innermost cause of a stack trace. */
    private static String cause(String trace) {
        int innermost = trace.lastIndexOf("Caused by: ");
        String from = innermost < 0 ? trace : trace.substring(innermost + "Caused by: ".length());
        String line = from.lines().findFirst().orElse("without a reason").strip();
        return line.replaceFirst("^([a-z]\\w*\\.)+", "");
    }
}
