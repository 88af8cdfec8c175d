/** Bytes become signals: what every decoder promises and what it hands over. */
package dev.plait.ingest;
