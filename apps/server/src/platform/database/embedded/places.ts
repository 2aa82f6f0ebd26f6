import { createHash, randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { canReach, databaseAccount, type SystemAccount } from './system-account.ts';

/** Where one database lives, and as whom it runs. */
export interface Places {
  /** Who runs PostgreSQL; undefined when we do. */
  account: SystemAccount | undefined;
  /** Mode 0700, of the account: everything below is inside. */
  home: string;
  cluster: string;
  log: string;
}

/** Names the home when it is not inside the data directory. */
const RECORD = 'postgres-home';

/**
 * Finds or makes the home of the database: `postgres` inside the data directory; or, when we are root and the
 * account that has to run PostgreSQL cannot get there (a checkout under a home of mode 0700), a folder under
 * /var/lib/sigillo named by the data directory, which then keeps its path in `postgres-home`. Whoever deletes
 * the data directory starts anew: without the record, a home made earlier is never taken up again.
 *
 * @throws Error when a database exists but its owner cannot reach it, or is not us
 */
export async function findPlaces(dataDirectory: string, log: (line: string) => void): Promise<Places> {
  const near = join(dataDirectory, 'postgres');
  const recorded = await readFile(join(dataDirectory, RECORD), 'utf8').catch(() => undefined);
  const existing = recorded?.trim() || ((await exists(near)) ? near : undefined);
  if (existing) return existingPlaces(existing);

  const account = await databaseAccount();
  const isNear = !account || (await canReach(account, dataDirectory));
  const home = isNear ? near : await makeDistantHome(dataDirectory, log);
  await mkdir(home, { mode: 0o700 });
  if (account) await chown(home, account.uid, account.gid);
  if (!isNear) await writeFile(join(dataDirectory, RECORD), `${home}\n`);
  return placesIn(home, account);
}

async function existingPlaces(home: string): Promise<Places> {
  const owner = await stat(home).catch((cause) => {
    throw new Error(`The database of this data directory should be at ${home}, but is not there`, { cause });
  });
  const uid = process.getuid?.();
  if (uid !== 0 && uid !== undefined && owner.uid !== uid) {
    throw new Error(
      `The database at ${home} belongs to another user (uid ${owner.uid}); start Sigillo as it`,
    );
  }
  const account = await databaseAccount(owner);
  // Root's own: the first start was interrupted before it gave the folder away.
  if (account && owner.uid === 0) await chown(home, account.uid, account.gid);
  if (account && !(await canReach(account, home))) {
    throw new Error(
      `The database at ${home} runs as ${account.name}, which may no longer enter a folder above it`,
    );
  }
  return placesIn(home, account);
}

function placesIn(home: string, account: SystemAccount | undefined): Places {
  return { account, home, cluster: join(home, 'cluster'), log: join(home, 'postgres.log') };
}

async function makeDistantHome(dataDirectory: string, log: (line: string) => void): Promise<string> {
  const base = await firstWritable(['/var/lib/sigillo', join(tmpdir(), 'sigillo')]);
  const checkout = basename(dirname(dataDirectory)).replaceAll(/[^\w.-]/g, '-');
  const digest = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 8);
  const name = `${checkout}-${digest}-`;
  for (const earlier of (await readdir(base)).filter((folder) => folder.startsWith(name))) {
    log(`The database of a data directory deleted earlier is still at ${join(base, earlier)}; delete it too`);
  }
  const home = join(base, name + randomUUID().slice(0, 8));
  log(
    `The database is kept at ${home}: PostgreSQL does not run as root, and others cannot enter ${dataDirectory}`,
  );
  return home;
}

async function firstWritable(folders: string[]): Promise<string> {
  for (const folder of folders) {
    const made = await mkdir(folder, { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    );
    if (made) return folder;
  }
  throw new Error(`Cannot make a folder for the database: tried ${folders.join(' and ')}`);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
