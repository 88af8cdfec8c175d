package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.cors.CorsService;
import com.linecorp.armeria.server.cors.CorsServiceBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is answered under which path. What has no topic has no path. */
final class Routes {
    private static final String ANY_ORIGIN = "*";
    private static final Duration PREFLIGHT_KEPT = Duration.ofHours(2);

    private final Set<Input> inputs;
    private final Reception reception;
    private final AlsRoute accessLogs;
    private final List<String> origins;

    Routes(Intake intake, ReceiverAccess access) {
        this.inputs = intake.topics().keySet();
        BearerToken token = new BearerToken(access.bearerToken());
        this.reception = new Reception(intake, token);
        this.accessLogs = new AlsRoute(intake, token);
        this.origins = access.corsOrigins();
    }

    /** Of every HTTP port. Web pages of other origins are let in where they are configured. */
    Map<String, HttpService> http() {
        Map<String, HttpService> routes = new LinkedHashMap<>();
        for (OtlpSignal signal : OtlpSignal.values()) {
            add(routes, signal, signal.httpPath(), new HttpRoute(signal, reception));
        }
        add(routes, ForeignFormat.KONG, KongRoute.PATH, new KongRoute(reception));
        add(routes, ForeignFormat.ZIPKIN, ZipkinRoute.PATH, new ZipkinRoute(reception));
        add(routes, ForeignFormat.ZIPKIN, ZipkinRoute.V1_PATH, ZipkinRoute.V1);
        add(routes, ForeignFormat.PROMETHEUS, RemoteWriteRoute.PATH, new RemoteWriteRoute(reception));
        routes.replaceAll((path, service) -> crossOrigin(service));
        routes.put("/health", new HealthRoute());
        return routes;
    }

    /** Of every gRPC port. */
    Map<String, HttpService> grpc() {
        Map<String, HttpService> routes = new LinkedHashMap<>();
        for (OtlpSignal signal : OtlpSignal.values()) {
            add(routes, signal, signal.grpcPath(), new GrpcRoute(signal, reception));
        }
        add(routes, ForeignFormat.MESH, AlsRoute.PATH, accessLogs);
        return routes;
    }

    /** Ends what does not end by itself. */
    void close() {
        accessLogs.close();
    }

    private void add(Map<String, HttpService> routes, Input input, String path, HttpService service) {
        if (inputs.contains(input)) {
            routes.put(path, service);
        }
    }

    /** What browsers need to hear before and after they send. Without credentials, whoever is let in. */
    private HttpService crossOrigin(HttpService service) {
        if (origins.isEmpty()) {
            return service;
        }
        CorsServiceBuilder cors =
                origins.contains(ANY_ORIGIN) ? CorsService.builderForAnyOrigin() : CorsService.builder(origins);
        return cors.allowRequestMethods(HttpMethod.POST)
                .allowRequestHeaders("content-type", "content-encoding", "authorization")
                .exposeHeaders("retry-after")
                .maxAge(PREFLIGHT_KEPT)
                .build(service);
    }
}
