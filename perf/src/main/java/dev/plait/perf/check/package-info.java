/** Whether the answer is right: what came out against what was generated, knowing nothing of how the engine works. */
package dev.plait.perf.check;
