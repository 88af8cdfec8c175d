package dev.plait.ingest.zipkin;

import dev.plait.ingest.accesslog.HostText;
import dev.plait.ingest.span.SpanOutput;
import dev.plait.ingest.span.SpanText;
import java.nio.charset.StandardCharsets;

/** One side of a span: a service, an address, a port, each of which may be missing. What cannot be one is left out and counted. */
final class ZipkinEndpoint {
    private static final String MAPPED = "::ffff:";
    private static final int MAX_ADDRESS = 64;
    private static final int MAX_PORT = 65_535;

    private final SpanOutput output;
    private String service = "";
    private String ipv4 = "";
    private String ipv6 = "";
    private long port;

    ZipkinEndpoint(SpanOutput output) {
        this.output = output;
    }

    void clear() {
        service = "";
        ipv4 = "";
        ipv6 = "";
        port = 0;
    }

    void service(String text) {
        service = output.cut(text, SpanText.MAX_NAME);
    }

    void ipv4(String text) {
        ipv4 = address(text);
    }

    void ipv6(String text) {
        ipv6 = address(text);
    }

    /** 0 is no port. */
    void port(long number) {
        if (number < 0 || number > MAX_PORT) {
            output.normalised("bad_endpoint");
        } else {
            port = number;
        }
    }

    String service() {
        return service;
    }

    /** The IPv4 address, else the IPv6 one; empty without. */
    String address() {
        return ipv4.isEmpty() ? ipv6 : ipv4;
    }

    long port() {
        return port;
    }

    private String address(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
        boolean v6 = text.indexOf(':') >= 0;
        long dots = text.chars().filter(c -> c == '.').count();
        if (ascii.length > MAX_ADDRESS || !HostText.isAddress(ascii, 0, ascii.length) || !v6 && dots != 3) {
            if (!text.isEmpty()) {
                output.normalised("bad_endpoint");
            }
            return "";
        }
        return text.startsWith(MAPPED) && dots == 3 ? text.substring(MAPPED.length()) : text;
    }
}
