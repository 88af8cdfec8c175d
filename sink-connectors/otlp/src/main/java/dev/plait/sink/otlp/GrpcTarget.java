package dev.plait.sink.otlp;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import java.net.URI;
import javax.net.ssl.SSLContext;

/** Where gRPC calls go: a host, a port (that of the scheme when none is named), and TLS when the scheme is {@code https}. */
record GrpcTarget(URI url, SSLContext tls) {
    private static final ApplicationProtocolConfig HTTP_2 = new ApplicationProtocolConfig(
            Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, "h2");

    /** As gRPC's name resolver takes it. */
    String target() {
        int port = url.getPort() >= 0 ? url.getPort() : isSecure() ? 443 : 80;
        return "dns:///" + url.getHost() + ":" + port;
    }

    void secure(NettyChannelBuilder channel) {
        if (isSecure()) {
            channel.sslContext(new JdkSslContext(
                    tls, true, null, IdentityCipherSuiteFilter.INSTANCE, HTTP_2, ClientAuth.NONE, null, false));
        } else {
            channel.usePlaintext();
        }
    }

    private boolean isSecure() {
        return "https".equalsIgnoreCase(url.getScheme());
    }
}
