/** How JSON is read whatever it says. */
package dev.plait.ingest.json;
