/** Checks the types of every part that has settings of its own, as many at once as there are processors. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const PARTS = [
  'tsconfig.json',
  'apps/portal/tsconfig.json',
  'apps/authenticator/tsconfig.json',
  'apps/authenticator/src/worker/tsconfig.json',
  'tests/e2e/tsconfig.json',
];

const waiting = [...PARTS];
const failed: string[] = [];

function check(part: string): Promise<void> {
  return new Promise((resolve) => {
    // What was found the last time is kept: only what changed, and what depends on it, is looked at again.
    const found = `node_modules/.cache/types/${part.replaceAll('/', '-')}buildinfo`;
    const args = ['-p', part, '--pretty', '--incremental', '--tsBuildInfoFile', found];
    spawn('tsc', args, { stdio: 'inherit' }).once('close', (code) => {
      if (code !== 0) failed.push(part);
      resolve();
    });
  });
}

await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) await check(part);
  }),
);
if (failed.length > 0) {
  console.error(`types: ${failed.join(', ')}`);
  process.exitCode = 1;
}
