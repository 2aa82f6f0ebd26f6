/**
 * How much script a browser fetches before the sign-in page can be used: the entry, the page, its texts in one
 * language, and everything these import. Fails above the budget. Run it after a build:
 * `node scripts/check-bundle.ts`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 150_000;
const DIST = join(import.meta.dirname, '../apps/portal/dist');
const MANIFEST = join(DIST, '.vite/manifest.json');

/** What the sign-in page cannot do without, by its source. Loaded on the way by dynamic imports. */
const PAGE = 'src/flows/sign-in/sign-in/sign-in.page.tsx';
const TEXTS = ['ui', 'shell', 'problems', 'sign-in'];

interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  imports?: string[];
}

type Manifest = Record<string, Chunk>;

/** Files that a chunk brings along, itself included: its static imports, and theirs. */
function filesOf(manifest: Manifest, key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`the build has no ${key}`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, found);
  return found;
}

/** What the sign-in page loads in one language: file names and their size, compressed. */
function signInScripts(manifest: Manifest, language: string): { file: string; bytes: number }[] {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry && key.endsWith('.html'));
  if (!entry) throw new Error('the build has no entry page');
  const texts = TEXTS.map((flow) => `../../packages/ui/translations/${language}/${flow}.json`);
  const files = new Set<string>();
  for (const key of [entry, PAGE, ...texts]) filesOf(manifest, key, files);
  return [...files]
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file, bytes: gzipSync(readFileSync(join(DIST, file))).length }));
}

function main(): void {
  if (!existsSync(MANIFEST)) {
    console.error('No build to measure: run "npm run build" first.');
    process.exitCode = 1;
    return;
  }
  const manifest: Manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  for (const language of ['it', 'en']) {
    const scripts = signInScripts(manifest, language);
    const bytes = scripts.reduce((sum, script) => sum + script.bytes, 0);
    console.log(
      `sign-in page (${language}): ${(bytes / 1000).toFixed(1)} kB of compressed script in ${scripts.length} files, budget ${BUDGET_BYTES / 1000} kB`,
    );
    if (bytes > BUDGET_BYTES) process.exitCode = 1;
  }
}

if (import.meta.main) main();
