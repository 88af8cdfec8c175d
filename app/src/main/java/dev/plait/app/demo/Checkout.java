package dev.plait.app.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;

/** The shop's front: buying goes to orders, looking goes to inventory. */
final class Checkout implements Server {
    private static final Latency OWN_WORK = Latency.ofMillis(1, 10);

    private final Telemetry telemetry;
    private final HttpPeer orders;
    private final HttpPeer inventory;

    Checkout(Telemetry telemetry, HttpPeer orders, HttpPeer inventory) {
        this.telemetry = telemetry;
        this.orders = orders;
        this.inventory = inventory;
    }

    @Override
    public Response handle(Request request) {
        OWN_WORK.pass();
        if (request.method().equals("GET")) {
            return new Response(
                    inventory
                            .call("GET", request.path().replace("/catalog", "/stock"))
                            .status(),
                    2_048);
        }
        Response placed = orders.call("POST", "/orders");
        if (placed.isServerError()) {
            telemetry.log(Severity.ERROR, "checkout failed: orders answered " + placed.status(), Attributes.empty());
            return new Response(503, 66);
        }
        telemetry.log(Severity.INFO, "checkout done", Attributes.empty());
        return new Response(201, 240);
    }
}
