/**
 * Traffic to look at: a small shop behind a gateway and a mesh sidecar, instrumented with the OpenTelemetry SDK. What it
 * makes reaches Kafka as a collector and the proxies would write it; from there on nothing knows that it is a demo.
 */
package dev.plait.app.demo;
