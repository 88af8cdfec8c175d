package dev.plait.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plait.schemas.model.MeasureWindow;
import dev.plait.schemas.wire.MeasureJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasureLineTest {
    @Test
    void line_tellsSumCountAndSeries() throws IOException {
        MeasureWindow window = new MeasureWindow(
                "turnover",
                "EUR",
                Map.of("source", "span", "service", "shop", "region", ""),
                1_767_225_600_000L,
                1_767_225_610_000L,
                3,
                new BigDecimal("1250.500000000"),
                false,
                true);

        String line = MeasureLine.of(new ObjectMapper().readTree(MeasureJson.write(window)));

        assertThat(line).isEqualTo("00:00:00.000 final turnover 1250.5 EUR in 3  service=shop source=span");
    }
}
