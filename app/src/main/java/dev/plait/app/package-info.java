/** Runs: the commands, and the life of a Plait process. */
package dev.plait.app;
