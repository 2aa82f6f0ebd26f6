import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const ROOT = join(import.meta.dirname, '..');

/** An app that is built for browsers. */
interface BrowserApp {
  /** The folder below `apps`. */
  folder: string;
  name: string;
  /** Workspaces whose sources go into it. */
  packages: string;
}

const APPS: readonly BrowserApp[] = [
  { folder: 'portal', name: 'portal', packages: 'ui,api-client' },
  { folder: 'authenticator', name: 'authenticator', packages: 'ui,otp,device-protocol' },
];

/** SHA-256 over every source of an app and the lock file: the same sources, the same build. */
function digestOfSources({ folder, packages }: BrowserApp): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  const sources = [
    `apps/${folder}/{index.html,package.json,*.ts}`,
    `apps/${folder}/{src,public}/**/*`,
    'scripts/build-pages.ts',
    `packages/{${packages}}/**/*.{ts,tsx,scss,css,json,svg}`,
  ];
  const files = globSync(sources, { cwd: ROOT, exclude: ['**/node_modules/**', '**/*.test.*'] }).sort();
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
function compressAssets(dist: string): void {
  for (const file of globSync('{assets,static}/*.{js,css,svg,wasm}', { cwd: dist })) {
    const path = join(dist, file);
    const content = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(content));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}

/** Builds everything that browsers run, each app unless it was built from these very sources. */
export function buildPages(say: (line: string) => void): void {
  for (const app of APPS) buildApp(app, say);
}

function buildApp(app: BrowserApp, say: (line: string) => void): void {
  const folder = join(ROOT, 'apps', app.folder);
  const dist = join(folder, 'dist');
  const stamp = join(dist, '.built-from');
  const digest = digestOfSources(app);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say(`Building the ${app.name} (some seconds, the first time only) …`);
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  compressAssets(dist);
  writeFileSync(stamp, digest);
}

if (import.meta.main) buildPages((line) => console.log(line));
