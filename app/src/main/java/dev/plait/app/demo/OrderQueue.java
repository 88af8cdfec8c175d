package dev.plait.app.demo;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The queue of placed orders: messages are headers that carry the context. A message that finds it full is lost. */
final class OrderQueue {
    static final String NAME = "orders.placed";
    private static final int MAX_WAITING = 1_000;

    private final BlockingQueue<Headers> messages = new LinkedBlockingQueue<>(MAX_WAITING);

    /** Puts a message, within a PRODUCER span of the one who sends it. */
    void publish(Telemetry sender) {
        Span span = sender.tracer()
                .spanBuilder("send " + NAME)
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "send")
                .setAttribute("messaging.destination.name", NAME)
                .startSpan();
        Telemetry.within(span, () -> {
            Headers message = new Headers();
            sender.inject(message);
            Latency.WIRE.pass();
            messages.offer(message);
        });
    }

    /** Waits for the next message. */
    Headers take() throws InterruptedException {
        return messages.take();
    }
}
