/**
 * What the decoders of proxies' access logs share: the record they fill and hand over, and how bytes, numbers and JSON of such
 * logs are taken safely.
 */
package dev.plait.ingest.accesslog;
