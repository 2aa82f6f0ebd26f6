/**
 * Asks an address every 20 ms, from a process of its own, so that what the test itself does is not measured;
 * writes how many milliseconds each answer took, one a line, until it is told to stop.
 *
 *   node tests/setup/latency-probe.ts <url>
 */
import { setTimeout as sleep } from 'node:timers/promises';

const url = process.argv[2] ?? '';
for (;;) {
  const startMs = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  const took = response.ok ? performance.now() - startMs : Number.POSITIVE_INFINITY;
  process.stdout.write(`${took}\n`);
  await sleep(20);
}
