package dev.plait.app.demo;

import java.util.Optional;

/** A route of the gateway. */
record KongRoute(String name, String id, String path) {
    private static final KongRoute CHECKOUT =
            new KongRoute("checkout-v1", "0b7f6b1e-5a0e-4f5b-9d0a-6d1c6a1f2b01", "/checkout");
    private static final KongRoute CATALOG =
            new KongRoute("catalog-v1", "5f2d9c44-7f0d-4c55-8a0e-2f9f0a7c3d02", "/catalog");

    /** The route a request takes; none: the gateway itself answers 404. */
    static Optional<KongRoute> of(Request request) {
        for (KongRoute route : new KongRoute[] {CHECKOUT, CATALOG}) {
            if (request.path().startsWith(route.path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }
}
