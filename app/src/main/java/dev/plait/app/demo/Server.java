package dev.plait.app.demo;

/** Something that answers requests: a service, or a proxy in front of one. Any number of threads. */
@FunctionalInterface
interface Server {
    Response handle(Request request);
}
