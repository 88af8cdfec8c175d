package dev.plait.ingest.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.TlsKeyPair;
import dev.plait.ingest.envoy.MeshLines;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsReceiverTest {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {10});

    @TempDir
    private Path directory;

    @Test
    void tls_isSpokenWhenConfigured() throws IOException, CertificateEncodingException {
        TlsKeyPair pair = TlsKeyPair.ofSelfSigned("localhost");
        Path certificate = pem(
                "certificate.pem", "CERTIFICATE", pair.certificateChain().get(0).getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", pair.privateKey().getEncoded());

        try (ReceiverFixture fixture = open(certificate, key);
                ClientFactory trusting = ClientFactory.insecure()) {
            WebClient client = WebClient.builder("https://127.0.0.1:" + fixture.httpPort())
                    .factory(trusting)
                    .build();
            RequestHeaders headers =
                    RequestHeaders.of(HttpMethod.POST, "/v1/traces", "content-type", "application/x-protobuf");

            assertThat(client.execute(headers, Bodies.small())
                            .aggregate()
                            .join()
                            .status()
                            .code())
                    .isEqualTo(200);
            assertThatThrownBy(() -> fixture.post("/v1/traces", Bodies.small())).isNotNull();
        }
    }

    @Test
    void tls_isSpokenOverGrpc() throws IOException, CertificateEncodingException {
        TlsKeyPair pair = TlsKeyPair.ofSelfSigned("localhost");
        Path certificate = pem(
                "certificate.pem", "CERTIFICATE", pair.certificateChain().get(0).getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", pair.privateKey().getEncoded());

        try (ReceiverFixture fixture = open(certificate, key);
                ClientFactory trusting = ClientFactory.insecure()) {
            RequestHeaders headers = RequestHeaders.of(
                    HttpMethod.POST,
                    OtlpSignal.TRACES.grpcPath(),
                    "content-type",
                    "application/grpc",
                    "te",
                    "trailers",
                    "grpc-timeout",
                    "5S");

            var answer = WebClient.builder("h2://127.0.0.1:" + fixture.grpcPort())
                    .factory(trusting)
                    .build()
                    .execute(headers, Bodies.grpc(0, Bodies.small()))
                    .aggregate()
                    .join();

            assertThat(answer.trailers().get("grpc-status")).isEqualTo("0");
            assertThat(fixture.topics.records()).hasSize(1);
            assertThatThrownBy(() -> fixture.grpc(OtlpSignal.TRACES, Bodies.grpc(0, Bodies.small())))
                    .isNotNull();
        }
    }

    /** Nothing, or the first bytes of a client's hello. */
    @Test
    void handshakesThatDoNotEnd_areCutOff() throws IOException, CertificateEncodingException {
        TlsKeyPair pair = TlsKeyPair.ofSelfSigned("localhost");
        Path certificate = pem(
                "certificate.pem", "CERTIFICATE", pair.certificateChain().get(0).getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", pair.privateKey().getEncoded());

        try (ReceiverFixture fixture = new ReceiverFixture(ReceiverFixture.lasting(), access(certificate, key));
                Socket silent = fixture.connect();
                Socket half = ReceiverFixture.connect(fixture.grpcPort())) {
            half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});

            assertThat(silent.getInputStream().read()).isNegative();
            assertThat(half.getInputStream().read()).isNegative();
        }
    }

    @Test
    void tls_isSpokenForLines() throws IOException, GeneralSecurityException, InterruptedException {
        TlsKeyPair pair = TlsKeyPair.ofSelfSigned("localhost");
        Path certificate = pem(
                "certificate.pem", "CERTIFICATE", pair.certificateChain().get(0).getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", pair.privateKey().getEncoded());
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);

        try (ReceiverFixture fixture = open(certificate, key);
                Socket socket = trusting.getSocketFactory().createSocket("127.0.0.1", fixture.linePort())) {
            socket.getOutputStream().write((MeshLines.KUMA + "\n").getBytes(StandardCharsets.UTF_8));

            assertThat(fixture.topics.arrived().poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(fixture.topics.records().get(0).topic()).isEqualTo("mesh");
        }
    }

    @Test
    void filesThatAreNoPem_areNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("empty.pem"), "nothing");

        assertThatThrownBy(() -> open(file, file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pem are not a certificate and its key");
    }

    private static ReceiverFixture open(Path certificate, Path key) throws IOException {
        return new ReceiverFixture(ReceiverFixture.limits(8 << 20, 100), access(certificate, key));
    }

    private static ReceiverAccess access(Path certificate, Path key) {
        return new ReceiverAccess(Optional.empty(), Optional.of(new ReceiverAccess.Tls(certificate, key)), List.of());
    }

    private Path pem(String name, String type, byte[] content) throws IOException {
        String text =
                "-----BEGIN " + type + "-----\n" + BASE64.encodeToString(content) + "\n-----END " + type + "-----\n";
        return Files.writeString(directory.resolve(name), text);
    }
}
