/**
 * `npm start`: the whole product for somebody who wants to see it, in one process tree, on a database of its
 * own. Nothing here is for production, which runs `sigillo serve`.
 */

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { computerNowMs, setClockOffset } from '../apps/server/src/platform/clock/shift-date.ts';
import { buildPages } from './build-pages.ts';

const ROOT = join(import.meta.dirname, '..');
const say = (line: string) => console.log(`  ${line}`);

process.env.SIGILLO_PROFILE ??= 'development';
process.env.SIGILLO_DATA_DIRECTORY ??= join(ROOT, '.sigillo');
process.env.SIGILLO_CLIENTS_FILE ??= join(ROOT, 'apps/demo/relying-parties.json');
process.env.SIGILLO_LOG_LEVEL ??= 'warn';

// In the checkout, where nobody else writes: a second start takes half the time.
enableCompileCache(join(ROOT, 'node_modules/.cache/sigillo/compiled'));
console.log('\nSigillo\n');
buildPages(say);
const { startDemonstration } = await import('./start-demonstration.ts');
await startDemonstration({ say, setClockOffset, computerNowMs });
