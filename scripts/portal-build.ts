import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'apps/portal/dist');
const STAMP = join(DIST, '.built-from');
const SOURCES = [
  'apps/portal/{index.html,package.json,vite.config.ts}',
  'apps/portal/src/**/*',
  'scripts/portal-build.ts',
  'packages/{ui,api-client}/**/*.{ts,tsx,scss,css,json,svg}',
];

/** SHA-256 over every source of the portal and the lock file: the same sources, the same build. */
function digestOfSources(): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  const files = globSync(SOURCES, { cwd: ROOT, exclude: ['**/node_modules/**', '**/*.test.*'] }).sort();
  for (const file of files) {
    const path = join(ROOT, file);
    if (existsSync(path)) hash.update(`${file}\0`).update(readIfFile(path));
  }
  return hash.digest('hex');
}

function readIfFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Writes each script, style and picture once more as Brotli and as gzip: compressed once, served as it lies. */
function compressAssets(): void {
  for (const file of globSync('{assets,static}/*.{js,css,svg}', { cwd: DIST })) {
    const path = join(DIST, file);
    const content = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(content));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}

/**
 * Builds the portal unless it was built from these very sources.
 *
 * @returns whether it had to be built
 */
export function buildPortal(say: (line: string) => void): boolean {
  const digest = digestOfSources();
  const isFresh = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest;
  if (isFresh) return false;
  say('Building the portal (some seconds, the first time only) …');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'apps/portal'),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  compressAssets();
  writeFileSync(STAMP, digest);
  return true;
}

if (import.meta.main) buildPortal((line) => console.log(line));
