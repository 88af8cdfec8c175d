package dev.plait.sink.delivery;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.sink.SinkRecord;

/** The smallest sink there can be: a line of text per record. */
final class LineTask extends DeliveringTask {
    @Override
    protected Way way(Map<String, String> settings, DeliveryMetrics metrics) {
        ConfigDef keys =
                new ConfigDef().define("url", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "Where lines go.");
        AbstractConfig config = new AbstractConfig(HttpSettings.define(DeliverySettings.define(keys)), settings, false);
        HttpSender http = new HttpSender(HttpSettings.of(config));
        URI url = URI.create(config.getString("url"));
        Sender sender = new Sender() {
            @Override
            public Attempt begin(List<SinkRecord> records) {
                return new Lines(records, http, url);
            }

            @Override
            public void close() {
                // the client has no threads that need an end
            }
        };
        return new Way(DeliverySettings.of(config), sender);
    }

    private static final class Lines implements Attempt {
        private final List<String> lines = new ArrayList<>();
        private final Map<Integer, String> refused = new HashMap<>();
        private final HttpSender http;
        private final URI url;

        Lines(List<SinkRecord> records, HttpSender http, URI url) {
            this.http = http;
            this.url = url;
            for (int i = 0; i < records.size(); i++) {
                try {
                    if (records.get(i).value() != null) {
                        lines.add(RecordView.of(records.get(i).value()).text("line"));
                    }
                } catch (MalformedRecord malformed) {
                    refused.put(i, malformed.getMessage());
                }
            }
        }

        @Override
        public Optional<Later> run() {
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            try {
                byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
                HttpAnswer answer = http.post(url, body, Map.of(), 1_000);
                return answer.isSuccess()
                        ? Optional.empty()
                        : Optional.of(new Later(answer.summary(), answer.retryAfter()));
            } catch (IOException unreachable) {
                return Optional.of(Later.soon(unreachable.toString()));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Optional.of(Later.soon("stopped"));
            }
        }

        @Override
        public Map<Integer, String> refused() {
            return refused;
        }
    }
}
