package dev.plait.app.demo;

import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The shop, wired: gateway, sidecar, checkout, orders, payments, inventory with its database, and the queue to shipping. All
 * in one process; what a request carries from one to the next is its headers.
 */
final class Shop implements AutoCloseable {
    private final OtlpEndpoints otlp;
    private final List<Telemetry> telemetries = new ArrayList<>();
    private final Server entry;
    private final Thread shipping;

    Shop(OtlpEndpoints otlp, TopicWriter topics, BooleanSupplier paymentsFail) {
        this.otlp = otlp;
        OrderQueue queue = new OrderQueue();
        Telemetry checkout = service("checkout");
        Telemetry orders = service("orders");
        Telemetry payments = grpcService("payments");
        Telemetry inventory = grpcService("inventory");

        HttpService charges = new HttpService(payments, new Payments(payments, paymentsFail));
        HttpService stock = new HttpService(inventory, new Inventory(inventory));
        HttpService placing = new HttpService(
                orders,
                new Orders(
                        orders,
                        new HttpPeer(orders, "inventory", stock),
                        new HttpPeer(orders, "payments", charges),
                        queue));
        HttpService front = new HttpService(
                checkout,
                new Checkout(
                        checkout,
                        new HttpPeer(checkout, "orders", placing),
                        new HttpPeer(checkout, "inventory", stock)));
        this.entry = new KongGateway(kong(), new MeshSidecar(sidecar(), front, topics), topics);
        this.shipping = Daemons.named("demo-shipping").newThread(new Shipping(service("shipping"), queue));
        shipping.start();
    }

    /** Where clients come in. */
    Server entry() {
        return entry;
    }

    @Override
    public void close() {
        shipping.interrupt();
        telemetries.forEach(Telemetry::flush);
        telemetries.forEach(Telemetry::close);
    }

    private Telemetry service(String name) {
        return kept(Telemetry.ofService(name, OtlpExport.overHttp(otlp)));
    }

    private Telemetry grpcService(String name) {
        return kept(Telemetry.ofService(name, OtlpExport.overGrpc(otlp)));
    }

    private Telemetry kong() {
        Attributes resource = Attributes.builder()
                .put("service.name", "kong")
                .put("service.instance.id", "8e5b2f0c-3a1d-4a6e-9a57-6d1c6a1f2b01")
                .put("service.version", "3.9.1")
                .put("deployment.environment.name", "demo")
                .build();
        return kept(new Telemetry(resource, "kong-internal", "0.1.0", OtlpExport.overHttp(otlp)));
    }

    private Telemetry sidecar() {
        Attributes resource = Attributes.builder()
                .put("service.name", "checkout-sidecar")
                .put("kuma.mesh", MeshLogLine.MESH)
                .put("kuma.zone", "zone-1")
                .put("deployment.environment.name", "demo")
                .build();
        return kept(new Telemetry(resource, "envoy", "1.34.0", OtlpExport.overGrpc(otlp)));
    }

    private Telemetry kept(Telemetry telemetry) {
        telemetries.add(telemetry);
        return telemetry;
    }
}
