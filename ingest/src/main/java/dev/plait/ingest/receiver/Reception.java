package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;

/**
 * A request from its headers to its answer, the same whatever is sent: who it is and what is announced are judged before a
 * byte of the body is read.
 */
final class Reception {
    private final Intake intake;
    private final BearerToken token;

    Reception(Intake intake, BearerToken token) {
        this.intake = intake;
        this.token = token;
    }

    /** What the headers say about how to read the body. */
    @FunctionalInterface
    interface Dialect {
        /** How to read it. @throws Refusal when they announce what is not spoken */
        BodyReader of(RequestHeaders headers);
    }

    @FunctionalInterface
    interface BodyReader {
        /** What is in it. @throws Refusal when the body is not what was announced */
        Payload read(byte[] body);
    }

    /** The future never fails. {@code prefixBytes}: how much larger than a request the body may be. */
    CompletableFuture<Answer> receive(
            ServiceRequestContext context, HttpRequest request, Input input, int prefixBytes, Dialect dialect) {
        intake.metrics().begin();
        return answer(context, request, prefixBytes, dialect)
                .whenComplete((answer, never) -> intake.metrics().end(input, answer));
    }

    private CompletableFuture<Answer> answer(
            ServiceRequestContext context, HttpRequest request, int prefixBytes, Dialect dialect) {
        try {
            token.check(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""));
            BodyReader reader = dialect.of(request.headers());
            BodyCollector.requireAnnounced(request.headers(), intake.limits(), prefixBytes);
            intake.rates().admit();
            Budget.Lease lease = intake.budget().lease();
            return BodyCollector.collect(context, request, lease, intake.limits(), prefixBytes)
                    .thenApply(reader::read)
                    .whenComplete((payload, failure) -> {
                        if (failure != null) {
                            lease.close();
                        }
                    })
                    .thenCompose(payload -> intake.accept(payload, lease))
                    .exceptionally(Answer::of);
        } catch (Refusal refusal) {
            request.abort();
            return CompletableFuture.completedFuture(refusal.answer());
        }
    }
}
