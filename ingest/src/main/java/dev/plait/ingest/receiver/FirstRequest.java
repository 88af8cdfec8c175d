package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Closes connections whose first request's headers have not come in time, whatever came instead: nothing, half a TLS handshake,
 * an HTTP/2 preface, a byte of a header now and then. They would else hold a place for as long as a connection between two
 * requests may, which is much longer. Later requests' headers are bounded by that time.
 */
final class FirstRequest {
    private static final AttributeKey<Future<?>> DEADLINE = AttributeKey.valueOf(FirstRequest.class, "deadline");

    private FirstRequest() {}

    /** Starts the time of each new connection. */
    static Consumer<ChannelPipeline> within(Duration time) {
        return pipeline -> {
            Channel channel = pipeline.channel();
            Future<?> deadline = channel.eventLoop()
                    .schedule(
                            () -> {
                                var unused = channel.close();
                            },
                            time.toMillis(),
                            TimeUnit.MILLISECONDS);
            channel.attr(DEADLINE).set(deadline);
            channel.closeFuture().addListener(closed -> deadline.cancel(false));
        };
    }

    /** A decorator of services: headers have come. */
    static HttpResponse serve(HttpService service, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        Channel channel =
                context.log().ensureAvailable(RequestLogProperty.SESSION).channel();
        if (channel != null) {
            channel.attr(DEADLINE).get().cancel(false);
        }
        return service.serve(context, request);
    }
}
