/**
 * Everything that shows the product works, in one command (`npm test`): the checks of the sources, then every
 * test. A stage that fails does not keep the later ones from running; the exit code and the summary tell.
 * What vitest found is left in reports/tests.json.
 *
 *   node scripts/run-all-tests.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Outcome {
  stage: string;
  isGood: boolean;
  seconds: number;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORT = 'reports/tests.json';

const STAGES: [stage: string, command: string][] = [
  ['types', 'npm run --silent types'],
  ['lint', 'npm run --silent lint'],
  ['boundaries', 'npm run --silent boundaries'],
  ['unused code', 'npm run --silent unused'],
  ['build', 'npm run --silent build'],
  ['tests', `vitest run --reporter=default --reporter=json --outputFile.json=${REPORT}`],
];

rmSync(join(ROOT, REPORT), { force: true });
mkdirSync(join(ROOT, 'reports'), { recursive: true });
const outcomes = STAGES.map(([stage, command]) => runStage(stage, command));
printSummary(outcomes);
process.exitCode = outcomes.every(({ isGood }) => isGood) ? 0 : 1;

function runStage(stage: string, command: string): Outcome {
  console.log(`\n== ${stage}: ${command}`);
  const startMs = performance.now();
  const { status } = spawnSync(command, {
    cwd: ROOT,
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter) },
  });
  return { stage, isGood: status === 0, seconds: (performance.now() - startMs) / 1000 };
}

function printSummary(outcomes: Outcome[]): void {
  console.log('\n== summary');
  for (const { stage, isGood, seconds } of outcomes) {
    console.log(`${isGood ? 'ok    ' : 'FAILED'} ${stage.padEnd(12)} ${seconds.toFixed(1).padStart(7)} s`);
  }
  const failed = outcomes.filter(({ isGood }) => !isGood).map(({ stage }) => stage);
  console.log(failed.length > 0 ? `Failed: ${failed.join(', ')}` : `All good; results in ${REPORT}`);
}
