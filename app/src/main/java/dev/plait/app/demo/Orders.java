package dev.plait.app.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;

/** Places orders: reserves the goods, charges the card (one more try when that fails), tells shipping through the queue. */
final class Orders implements Server {
    private static final Latency OWN_WORK = Latency.ofMillis(1, 8);

    private final Telemetry telemetry;
    private final HttpPeer inventory;
    private final HttpPeer payments;
    private final OrderQueue queue;

    Orders(Telemetry telemetry, HttpPeer inventory, HttpPeer payments, OrderQueue queue) {
        this.telemetry = telemetry;
        this.inventory = inventory;
        this.payments = payments;
        this.queue = queue;
    }

    @Override
    public Response handle(Request request) {
        OWN_WORK.pass();
        inventory.call("POST", "/reservations");
        Response charged = payments.call("POST", "/charges");
        if (charged.isServerError()) {
            telemetry.log(Severity.WARN, "charge failed, trying once more", Attributes.empty());
            charged = payments.call("POST", "/charges", 1);
        }
        if (charged.isServerError()) {
            telemetry.log(Severity.ERROR, "order rejected: payments answered " + charged.status(), Attributes.empty());
            return new Response(503, 71);
        }
        queue.publish(telemetry);
        return new Response(201, 188);
    }
}
