import { spawn } from 'node:child_process';
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, inTransaction } from '../database.ts';
import { gone, newOpenFolder, type Owner, own, query, until, usersToTry } from './owned-database.fixture.ts';
import { isAlive } from './process-identity.ts';

const owners: Owner[] = [];
const folders: string[] = [];

describe.each(await usersToTry())('as $name', ({ account, isShutOut }) => {
  beforeEach(({ skip }) => skip(isShutOut === true));

  const folder = async (name = 'data') => {
    const parent = await newOpenFolder();
    folders.push(parent);
    const dataDirectory = join(parent, name);
    await mkdir(dataDirectory, { recursive: true });
    if (account) await chown(dataDirectory, account.uid, account.gid);
    return dataDirectory;
  };
  const start = async (dataDirectory: string) => {
    const owner = await own(dataDirectory, account);
    owners.push(owner);
    return owner;
  };

  afterEach(async () => {
    for (const owner of owners.splice(0)) {
      await owner.end('SIGTERM');
      if (isAlive(owner.pid)) process.kill(owner.pid, 'SIGKILL');
    }
    for (const made of folders.splice(0)) await rm(made, { recursive: true });
  });

  test('a new database is durable, in C.UTF-8, and only on a socket that others cannot reach', async () => {
    const { address } = await start(await folder());
    const [settings] = await query(
      address,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
       current_setting('data_checksums') as checksums, current_setting('listen_addresses') as tcp,
       pg_encoding_to_char(encoding) as encoding, upper('è') as upper, current_user as user
     from pg_database where datname = current_database()`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      commit: 'on',
      checksums: 'on',
      tcp: '',
      encoding: 'UTF8',
      upper: 'È',
      user: 'sigillo',
    });
    expect((await stat(address.host ?? '')).mode & 0o777).toBe(0o700);
  });

  test('a clean stop leaves no process, and the next start finds the data', async () => {
    const dataDirectory = await folder();
    const first = await start(dataDirectory);
    await query(first.address, 'create table kept (id integer)');
    await first.end('SIGTERM');
    expect(isAlive(first.pid)).toBe(false);

    const second = await start(dataDirectory);
    expect(await query(second.address, 'select * from kept')).toEqual([]);
    expect(await logOf(dataDirectory)).not.toContain('was not properly shut down');
  });

  test('a second server on the same data directory is refused, and the first does not notice', async () => {
    const dataDirectory = await folder();
    const first = await start(dataDirectory);
    await expect(start(dataDirectory)).rejects.toThrow(
      `Another Sigillo server (process ${first.node.pid}) is running on the data directory`,
    );
    expect(await query(first.address, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(isAlive(first.pid)).toBe(true);
  });

  test('of six servers that start together on the directory of a killed one, one runs', async () => {
    const dataDirectory = await folder();
    await (await start(dataDirectory)).end('SIGKILL');
    const starts = await Promise.allSettled(Array.from({ length: 6 }, () => start(dataDirectory)));
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = starts.flatMap((result) =>
      result.status === 'rejected' ? [String(result.reason)] : [],
    );
    for (const refusal of refusals) expect(refusal).toContain('Another Sigillo server');
  });

  test('a PostgreSQL that outlived its killed Node gives way, with all it acknowledged', async () => {
    const dataDirectory = await folder();
    const first = await start(dataDirectory);
    await query(first.address, 'create table kept as select 1 as id');
    await first.end('SIGKILL');
    expect(isAlive(first.pid)).toBe(true);

    const second = await start(dataDirectory);
    await gone(first.pid);
    expect(await query(second.address, 'select * from kept')).toEqual([{ id: 1 }]);
    expect(second.lines).toContainEqual(
      expect.stringContaining(`(process ${first.pid}) that an earlier server`),
    );
  });

  test('a killed PostgreSQL is started again, with all it acknowledged, and pools recover', async () => {
    const { address, pid, lines } = await start(await folder());
    const db = connect(address, { poolSize: 3, onError: () => undefined });
    await sql`create table kept as select 1 as id`.execute(db);
    const interrupted = inTransaction(db, async (tx) => {
      await sql`insert into kept values (2)`.execute(tx);
      await sql`select pg_sleep(20)`.execute(tx);
    });
    await until(
      async () => (await query(address, "select 1 from pg_locks where mode like 'Row%'")).length > 0,
    );
    process.kill(pid, 'SIGKILL');

    await expect(interrupted).rejects.toThrow();
    await until(() => lines.some((line) => line.startsWith('PostgreSQL runs again')));
    expect((await sql`select id from kept`.execute(db)).rows).toEqual([{ id: 1 }]);
    await db.destroy();
  });

  test('PostgreSQL is started again as often as it dies', async () => {
    const { address, lines } = await start(await folder());
    for (let round = 1; round <= 3; round++) {
      process.kill(Number.parseInt(await pidFileOf(address.host), 10), 'SIGKILL');
      await until(() => lines.filter((line) => line.startsWith('PostgreSQL runs again')).length === round);
    }
    expect(await query(address, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('Node and PostgreSQL killed together start again with all that was acknowledged', async () => {
    const dataDirectory = await folder();
    const first = await start(dataDirectory);
    await query(first.address, 'create table kept as select 1 as id');
    process.kill(first.node.pid ?? 0, 'SIGSTOP'); // so that it cannot start PostgreSQL again
    process.kill(first.pid, 'SIGKILL');
    await first.end('SIGKILL');

    const second = await start(dataDirectory);
    expect(await query(second.address, 'select * from kept')).toEqual([{ id: 1 }]);
  });

  test('a stale postmaster.pid that names a stranger is no obstacle, and the stranger lives', async () => {
    const dataDirectory = await folder();
    await (await start(dataDirectory)).end('SIGTERM');
    const owner = await accountOf(dataDirectory);
    const stranger = spawn('sleep', ['60'], owner);
    for (const file of ['cluster/postmaster.pid', 'socket/.s.PGSQL.5432.lock']) {
      const path = join(dataDirectory, 'postgres', file);
      await writeFile(
        path,
        `${stranger.pid}\n${join(dataDirectory, 'postgres/cluster')}\n1790000000\n5432\n`,
      );
      await chown(path, owner.uid, owner.gid);
    }

    const { address } = await start(dataDirectory);
    expect(await query(address, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });

  test('an unhandled error in Node takes PostgreSQL down with it', async () => {
    const owner = await start(await folder());
    await owner.end('SIGHUP');
    await gone(owner.pid);
  });

  test('a path too long for a socket gets its socket in a short folder', async () => {
    const dataDirectory = await folder('a-rather-long-name/'.repeat(6));
    const { address } = await start(dataDirectory);
    expect(address.host).toMatch(/^\/tmp\/sigillo-[0-9a-f]{12}$/);
    expect((await stat(address.host ?? '')).mode & 0o777).toBe(0o700);
    expect(await query(address, 'select 1 as one')).toEqual([{ one: 1 }]);
    await rm(address.host ?? '', { recursive: true });
  });

  test('a path with spaces, commas, quotes and accents works', async () => {
    const { address } = await start(await folder(`it's, "più" $HOME %d`));
    expect(await query(address, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a database of another major version is refused and left alone', async () => {
    const dataDirectory = await folder();
    await (await start(dataDirectory)).end('SIGTERM');
    await writeFile(join(dataDirectory, 'postgres/cluster/PG_VERSION'), '14\n');
    await expect(start(dataDirectory)).rejects.toThrow('was made by PostgreSQL 14 and cannot be opened');
  });
});

/** Who owns the database: what PostgreSQL minds is a process of its own user. */
async function accountOf(dataDirectory: string): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(join(dataDirectory, 'postgres'));
  return { uid, gid };
}

function logOf(dataDirectory: string): Promise<string> {
  return readFile(join(dataDirectory, 'postgres/postgres.log'), 'utf8');
}

/** The number of the running server stands in the first line of this file. */
function pidFileOf(socketFolder: string | undefined): Promise<string> {
  return readFile(join(dirname(socketFolder ?? ''), 'cluster/postmaster.pid'), 'utf8');
}
