package dev.plait.app.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The status of one SLO on one line. */
public final class SloLine {
    private static final int MAX_NAME = 80;

    private SloLine() {}

    /** The line of one status. */
    public static String of(JsonNode status) {
        return String.format(
                Locale.ROOT,
                "%s %-17s %s  target %s %%  budget left %.1f %%  good %d of %d  bad %d%s",
                Times.clock(TimeUnit.MILLISECONDS.toNanos(
                        status.path("evaluatedAtMs").asLong())),
                Printable.of(status.path("state").asText("-"), MAX_NAME),
                name(status),
                percent(status.path("target").asDouble()),
                100 * status.path("budgetRemaining").asDouble(),
                status.path("good").asLong(),
                status.path("total").asLong(),
                status.path("bad").asLong(),
                burning(status));
    }

    private static String name(JsonNode status) {
        StringBuilder name = new StringBuilder(status.path("slo").asText("-"));
        status.path("group")
                .properties()
                .forEach(label -> name.append(' ')
                        .append(label.getKey())
                        .append('=')
                        .append(label.getValue().asText()));
        return Printable.of(name.toString(), MAX_NAME);
    }

    private static String percent(double ratio) {
        return java.math.BigDecimal.valueOf(ratio)
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String burning(JsonNode status) {
        double highest = 0;
        String window = "";
        for (JsonNode burn : status.path("burn")) {
            double rate = Math.min(
                    burn.path("longRate").asDouble(), burn.path("shortRate").asDouble());
            if (burn.path("exceeded").asBoolean() && rate > highest) {
                highest = rate;
                window = burn.path("longWindow").asText();
            }
        }
        return highest == 0 ? "" : String.format(Locale.ROOT, "  burns %.1f x (%s)", highest, window);
    }
}
