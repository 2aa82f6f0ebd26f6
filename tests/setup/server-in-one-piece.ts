import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';
import type { TestProject } from 'vitest/node';
import { DAY_MS } from '../../apps/server/src/platform/clock/clock.ts';
import { ROOT, SOURCES } from './program.ts';

const FOLDER = join(ROOT, 'node_modules/.cache/sigillo/server');

/** Has the tests of a project start `sigillo` from a few large files, which it writes. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('sigillo', await writeInOnePiece());
}

/**
 * A run of tests starts `sigillo` hundreds of times, and most of what a start costs is finding two thousand modules:
 * in one piece it costs two fifths of the processor time. What the modules say is unchanged; what lies beside one is
 * found where it is.
 *
 * Names come from contents: runs at the same time do not disturb each other, and what Node compiled of a file is good
 * for the next run.
 *
 * @returns the path of the file to start
 */
async function writeInOnePiece(): Promise<string> {
  const build = await rolldown({
    input: SOURCES,
    platform: 'node',
    // Compiled for the machine, loaded by the system.
    external: /^@node-rs\//,
    plugins: [ownPlaces],
    logLevel: 'silent',
  });
  const { output } = await build.generate({
    format: 'esm',
    banner: BANNER,
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await build.close();
  await mkdir(FOLDER, { recursive: true });
  for (const file of output)
    if (file.type === 'chunk') await writeWhole(join(FOLDER, file.fileName), file.code);
  await removeOld();
  return join(FOLDER, output[0].fileName);
}

/** Another run may be reading it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, path);
}

/** Every change of the sources leaves another twelve megabytes; a run writes anew what it starts. */
async function removeOld(): Promise<void> {
  for (const name of await readdir(FOLDER)) {
    const path = join(FOLDER, name);
    const written = await stat(path).catch(() => undefined);
    if (written && written.mtimeMs < Date.now() - DAY_MS) await rm(path, { force: true });
  }
}

/** What modules ask of their own place they are told as it was in their own file. */
const ownPlaces: Plugin = {
  name: 'own-places',
  transform(code, id) {
    if (!/import\.meta\.|\b__(dir|file)name\b/.test(code)) return null;
    const own = code
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      .replaceAll('import.meta.resolve(', `resolveFrom(${JSON.stringify(id)}, `);
    if (/\.m?ts$|\.mjs$/.test(id)) return own;
    return own
      .replaceAll(/\b__dirname\b/g, JSON.stringify(dirname(id)))
      .replaceAll(/\b__filename\b/g, JSON.stringify(id));
  },
};

const BANNER = `
import { createRequire as requireOf } from 'node:module';
import { pathToFileURL as urlOfPath } from 'node:url';
const resolveFrom = (module, name) => urlOfPath(requireOf(module).resolve(name)).href;
`;
