package dev.plait.app.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import java.util.function.BooleanSupplier;

/** Charges cards, unless the fault is on: then the card processor does not answer and every charge is a 503. */
final class Payments implements Server {
    private static final Latency CHARGE = Latency.ofMillis(8, 60);
    private static final Latency GIVING_UP = Latency.ofMillis(120, 250);

    private final Telemetry telemetry;
    private final BooleanSupplier failing;

    Payments(Telemetry telemetry, BooleanSupplier failing) {
        this.telemetry = telemetry;
        this.failing = failing;
    }

    @Override
    public Response handle(Request request) {
        if (!failing.getAsBoolean()) {
            CHARGE.pass();
            telemetry.log(Severity.INFO, "card charged", Attributes.empty());
            return new Response(201, 96);
        }
        GIVING_UP.pass();
        String message = "card processor did not answer within 120 ms";
        Attributes exception = Attributes.builder()
                .put("exception.type", "dev.plait.demo.CardProcessorUnavailable")
                .put("exception.message", message)
                .build();
        Span.current().addEvent("exception", exception);
        telemetry.log(Severity.ERROR, "charge failed: " + message, exception);
        return new Response(503, 54);
    }
}
