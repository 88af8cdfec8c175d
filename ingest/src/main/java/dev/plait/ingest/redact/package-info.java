/** What a secret looks like, in names, URLs and texts; decoders cover it before anything is handed over. */
package dev.plait.ingest.redact;
