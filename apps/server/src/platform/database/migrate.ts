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
    if (!['23505', '42P07'].includes(sqlState(error) ?? '')) throw error;
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
