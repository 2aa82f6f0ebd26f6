import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The value that a share of the samples does not exceed. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** How long an address takes to answer while some work goes on, in milliseconds; asked by another process. */
export async function latenciesDuring(url: string, work: () => Promise<unknown>): Promise<number[]> {
  const script = join(import.meta.dirname, 'latency-probe.ts');
  const probe = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  probe.stdout.on('data', (chunk) => (output += chunk));
  await once(probe.stdout, 'data');
  const startAt = output.length;
  try {
    await work();
  } finally {
    probe.kill();
    await once(probe, 'exit');
  }
  return output.slice(startAt).trim().split('\n').map(Number);
}

/** Runs a piece of work so many times, a few at once; milliseconds each took. */
export async function timed(
  times: number,
  atOnce: number,
  work: (nth: number) => Promise<unknown>,
): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < times) {
      const nth = next++;
      const startMs = performance.now();
      await work(nth);
      took.push(performance.now() - startMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return took;
}
