package dev.plait.app.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;

/** Knows what is in stock; asks its database. */
final class Inventory implements Server {
    private static final Latency QUERY = Latency.ofMillis(2, 25);

    private final Telemetry telemetry;

    Inventory(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public Response handle(Request request) {
        query("SELECT stock", "SELECT sku, amount FROM stock WHERE sku = ?");
        if (request.method().equals("POST")) {
            query("UPDATE stock", "UPDATE stock SET amount = amount - 1 WHERE sku = ?");
            telemetry.log(Severity.INFO, "reserved 1 item", Attributes.empty());
        }
        return new Response(200, 420);
    }

    private void query(String name, String text) {
        Span span = telemetry
                .tracer()
                .spanBuilder(name)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("db.system.name", "postgresql")
                .setAttribute("db.namespace", "inventory")
                .setAttribute("db.query.text", text)
                .setAttribute("server.address", "inventory-db")
                .startSpan();
        Telemetry.within(span, QUERY::pass);
    }
}
