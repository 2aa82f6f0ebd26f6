import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { inject } from 'vitest';
import type { Db } from '../../apps/server/src/platform/database/database.ts';
import { runCommand } from './command.ts';
import { populatedInstallation } from './populated.ts';
import { administer } from './template-database.ts';

/** An installation whose node keeps what was revoked, and checkpoints, in a folder of its own. */
export async function keptInstallation() {
  const folder = await mkdtemp(join(tmpdir(), 'sigillo-restored-'));
  const settings = {
    SIGILLO_AUDIT_CHECKPOINT_FILE: join(folder, 'checkpoints.txt'),
    SIGILLO_REVOCATION_FILE: join(folder, 'revocations.txt'),
  };
  const on = await populatedInstallation(1, settings);
  const backup = `sigillo_backup_${randomBytes(6).toString('hex')}`;
  return {
    on,
    backup,
    sigillo: (...args: string[]) => runCommand(on, { folder, settings }, args),
    async [Symbol.asyncDispose]() {
      await on[Symbol.asyncDispose]();
      await administer(inject('templateDatabase').address, `drop database if exists ${backup}`);
      await rm(folder, { recursive: true });
    },
  };
}

/** What a test's database is called. */
export const nameOf = async (db: Db): Promise<string> =>
  (await sql<{ name: string }>`select current_database() as name`.execute(db)).rows[0]?.name ?? '';

/** The database as a whole becomes a copy of another, while nobody uses either. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const { address } = inject('templateDatabase');
  for (const name of [from, to])
    await administer(
      address,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
    );
  await administer(address, `drop database if exists ${to} with (force)`);
  await administer(address, `create database ${to} template ${from}`);
}
