import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { type Db, inTransaction, sqlState, type Tx } from './database.ts';

interface Migration {
  name: string;
  text: string;
  checksum: string;
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));

/** A migration that ran was changed afterwards; databases would differ from one another. */
export class MigrationChanged extends Error {
  override name = 'MigrationChanged';
}

/**
 * Applies the `.sql` files of a folder that this database has not seen, in the order of their names, each in
 * a transaction of its own. Nodes that start together take turns. A name that the database knows and the
 * folder does not belongs to a newer version, whose nodes may run beside this one.
 *
 * @param nowMs Unix time in milliseconds, recorded with each migration
 * @returns the names applied now
 * @throws MigrationChanged when a file that was applied has changed
 */
export async function migrate(db: Db, nowMs: number, folder = MIGRATIONS): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await createHistory(db);

  const applied: string[] = [];
  for (const migration of migrations) {
    const isNew = await inTransaction(db, (tx) => applyOnce(tx, migration, nowMs));
    if (isNew) applied.push(migration.name);
  }
  return applied;
}

/** How far a database has come, without changing it: what the next start would apply, and what it would refuse. */
export async function migrationState(
  db: Db,
  folder = MIGRATIONS,
): Promise<{ pending: string[]; changed: string[] }> {
  const migrations = await readMigrations(folder);
  const applied = new Map((await readHistory(db)).map(({ name, checksum }) => [name, checksum]));
  const names = (wanted: (checksum: string | undefined, migration: Migration) => boolean) =>
    migrations.filter((one) => wanted(applied.get(one.name), one)).map(({ name }) => name);
  return {
    pending: names((checksum) => checksum === undefined),
    changed: names((checksum, one) => checksum !== undefined && checksum !== one.checksum),
  };
}

async function readHistory(db: Db): Promise<{ name: string; checksum: string }[]> {
  const { rows } = await sql<{ isThere: boolean }>`
    select to_regclass('schema_migration') is not null as "isThere"`.execute(db);
  if (!rows[0]?.isThere) return [];
  return (
    await sql<{ name: string; checksum: string }>`select name, checksum from schema_migration`.execute(db)
  ).rows;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function createHistory(db: Db): Promise<void> {
  try {
    await sql`create table if not exists schema_migration (
      name       text primary key,
      checksum   text not null,
      applied_at timestamptz not null
    )`.execute(db);
  } catch (error) {
    // Of two that create at once, the slower is told that the table, or its type, is there.
    if (!['23505', '42P07', '42710'].includes(sqlState(error) ?? '')) throw error;
  }
}

async function applyOnce(tx: Tx, migration: Migration, nowMs: number): Promise<boolean> {
  await sql`lock table schema_migration in exclusive mode`.execute(tx);
  const { rows } = await sql<{ checksum: string }>`
    select checksum from schema_migration where name = ${migration.name}`.execute(tx);
  if (rows[0]) {
    if (rows[0].checksum === migration.checksum) return false;
    throw new MigrationChanged(`Migration ${migration.name} was changed after it had been applied`);
  }

  await sql.raw(migration.text).execute(tx);
  await sql`insert into schema_migration (name, checksum, applied_at)
    values (${migration.name}, ${migration.checksum}, ${new Date(nowMs)})`.execute(tx);
  return true;
}
