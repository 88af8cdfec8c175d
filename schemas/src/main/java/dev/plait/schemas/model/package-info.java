/** The records that Plait reads, keeps and writes, as plain Java: no Kafka, no codec. */
package dev.plait.schemas.model;
