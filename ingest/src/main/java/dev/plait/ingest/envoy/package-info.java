/** Reads: access logs of Envoy, as Kong Mesh and Kuma configure it or as it comes, become access-log records. */
package dev.plait.ingest.envoy;
