package dev.plait.sink.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a connector hands to its tasks: its own settings, and each task's number. */
public final class TaskSettings {
    private TaskSettings() {}

    public static List<Map<String, String>> of(Map<String, String> settings, int tasks) {
        List<Map<String, String>> all = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            Map<String, String> one = new HashMap<>(settings);
            one.put(DeliveringTask.TASK, Integer.toString(task));
            all.add(one);
        }
        return all;
    }
}
