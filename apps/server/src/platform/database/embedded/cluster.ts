import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { DATABASE_USER } from './endpoint.ts';
import type { Places } from './places.ts';
import { spawnOptions } from './spawn-options.ts';

/** From this version on PostgreSQL brings a C.UTF-8 of its own, the same on every system. */
const BUILTIN_LOCALE_SINCE = 17;

/**
 * Makes the files of a new database unless they are there (half a second). Made under another name first, so
 * that what an interruption left half-made is not taken for a database.
 *
 * @throws Error when the files were made by another major version, or cannot be made
 */
export async function ensureCluster(places: Places, binaries: Binaries): Promise<void> {
  const made = await readFile(join(places.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (made) return refuseOtherVersion(made.trim(), places, binaries);

  const draft = `${places.cluster}.new`;
  const passwordFile = passwordFileOf(places);
  await rm(draft, { recursive: true, force: true });
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (places.account) await chown(passwordFile, places.account.uid, places.account.gid);
  await runInitdb(binaries, places, ['-D', draft, ...initdbOptions(binaries.majorVersion, passwordFile)]);
  await rename(draft, places.cluster);
  await syncFolder(places.home);
}

/** The superuser's password, asked for only where a socket folder cannot keep others out. */
export function readPassword(places: Places): Promise<string> {
  return readFile(passwordFileOf(places), 'utf8');
}

function passwordFileOf(places: Places): string {
  return join(places.home, 'superuser-password');
}

function initdbOptions(majorVersion: number, passwordFile: string): string[] {
  const locale =
    majorVersion >= BUILTIN_LOCALE_SINCE
      ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale=C.UTF-8'];
  return [
    `--username=${DATABASE_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--encoding=UTF8',
    '--data-checksums',
    ...locale,
  ];
}

function refuseOtherVersion(made: string, places: Places, binaries: Binaries): void {
  if (made === String(binaries.majorVersion)) return;
  throw new Error(
    `The database at ${places.cluster} was made by PostgreSQL ${made} and cannot be opened by version ` +
      `${binaries.majorVersion}. Name the programs of version ${made} in SIGILLO_POSTGRES_BIN.`,
  );
}

async function runInitdb(binaries: Binaries, places: Places, options: string[]): Promise<void> {
  const child = spawn(binaries.initdb, options, {
    ...spawnOptions(places),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) {
    throw new Error(`initdb failed (${code}): ${Buffer.concat(output).toString('utf8').trim()}`);
  }
}

/** Makes the new name last: what follows is acknowledged as stored, and must not stand in a lost folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
