/** Every decoder against what nobody should send: long fuzzing, and what a megabyte of the worst costs. */
package dev.plait.perf.decode;
