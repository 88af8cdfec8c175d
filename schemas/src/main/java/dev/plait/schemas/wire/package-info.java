/** How the model looks as bytes: protobuf cursors, OTLP slices, frames, JSON. */
package dev.plait.schemas.wire;
