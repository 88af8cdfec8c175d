package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plait.ingest.receiver.Answer.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A request's body, gathered piece by piece on its connection's event loop: within the limit, the budget and the time. It
 * stops reading at the first of them that is passed.
 */
final class BodyCollector implements Subscriber<HttpObject> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final LeasedBytes bytes;
    private Subscription subscription;

    private BodyCollector(LeasedBytes bytes) {
        this.bytes = bytes;
    }

    /** @throws Refusal when the headers announce more than may come */
    static void requireAnnounced(RequestHeaders headers, ReceiverLimits limits, int prefixBytes) {
        if (headers.getLong(HttpHeaderNames.CONTENT_LENGTH, 0) > (long) limits.decompressedBytes() + prefixBytes) {
            throw new Refusal(Kind.TOO_LARGE, "larger than " + limits.decompressedBytes() + " bytes");
        }
    }

    /** The whole body. Fails with {@link Refusal}, or as the connection does. */
    static CompletableFuture<byte[]> collect(
            ServiceRequestContext context,
            HttpRequest request,
            Budget.Lease lease,
            ReceiverLimits limits,
            int prefixBytes) {
        BodyCollector collector = new BodyCollector(new LeasedBytes(lease, limits.decompressedBytes() + prefixBytes));
        ScheduledFuture<?> timer = context.eventLoop()
                .withoutContext()
                .schedule(
                        () -> collector.stop(new Refusal(Kind.SLOW, "the body did not come in time")),
                        limits.requestTime().toMillis(),
                        TimeUnit.MILLISECONDS);
        request.subscribe(collector, context.eventLoop());
        return collector.body.whenComplete((all, failure) -> timer.cancel(false));
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(HttpObject object) {
        if (body.isDone()) {
            return;
        }
        if (object instanceof HttpData data) {
            try {
                bytes.append(data.array(), data.length());
            } catch (Refusal refusal) {
                stop(refusal);
                return;
            }
        }
        subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(new Refusal(Kind.MALFORMED, "the body did not come whole"));
    }

    @Override
    public void onComplete() {
        if (!body.isDone()) {
            body.complete(bytes.take());
        }
    }

    private void stop(Refusal refusal) {
        if (body.completeExceptionally(refusal) && subscription != null) {
            subscription.cancel();
        }
    }
}
