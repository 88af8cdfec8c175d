/** OpenSLO v1 files become SLO definitions that refer to nothing. */
package dev.plait.ingest.openslo;
