/** What a running setup looks like from Kafka, and what to change on the sending side. Reads only; commits nothing. */
package dev.plait.app.doctor;
