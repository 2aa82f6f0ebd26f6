import { sql } from 'kysely';
import type { Config } from '../../platform/config/config.ts';
import { connect, type Db, sqlState } from '../../platform/database/database.ts';
import { migrationState } from '../../platform/database/migrate.ts';
import { readMasterKeys } from '../../platform/keyring/master-key.ts';
import { inPlainWords } from '../../platform/start-refused.ts';
import { UNUSABLE_DATABASE } from '../platform.ts';
import type { Finding } from './finding.ts';

const OLDEST_VERSION = 15;
const UNDEFINED_TABLE = '42P01';

/** Looks at the configured database and changes nothing there. One of its own is started by the server alone. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
  const { url } = config.database;
  if (!url) return [{ subject: 'Database', state: 'ok', says: `one of its own, in ${config.dataDirectory}` }];
  const db = connect({ connectionString: url }, { poolSize: 1, onError: () => undefined });
  try {
    return [await checkVersion(db), await checkMigrations(db), ...(await checkKeys(db, config))];
  } catch (error) {
    const told = inPlainWords(error, UNUSABLE_DATABASE);
    return [fault('Database', told instanceof Error ? told.message : String(told))];
  } finally {
    await db.destroy();
  }
}

const fault = (subject: string, says: string): Finding => ({ subject, state: 'fault', says });

async function checkVersion(db: Db): Promise<Finding> {
  const { rows } = await sql<{ version: string; mayCreate: boolean }>`
    select current_setting('server_version') as version,
      has_schema_privilege(current_schema(), 'create') as "mayCreate"`.execute(db);
  const { version = '', mayCreate = false } = rows[0] ?? {};
  if (Number.parseInt(version, 10) < OLDEST_VERSION)
    return fault('Database', `PostgreSQL ${version} is too old: ${OLDEST_VERSION} or newer is needed.`);
  if (!mayCreate) return fault('Database', UNUSABLE_DATABASE['42501']);
  return { subject: 'Database', state: 'ok', says: `PostgreSQL ${version} answers` };
}

async function checkMigrations(db: Db): Promise<Finding> {
  const subject = 'Migrations';
  const { pending, changed } = await migrationState(db);
  if (changed.length > 0)
    return fault(
      subject,
      `${changed.join(', ')} changed after it was applied. Install the release as it was made.`,
    );
  const says = pending.length === 0 ? 'up to date' : `${pending.length} are applied at the next start`;
  return { subject, state: 'ok', says };
}

/** Whether the master key is the one of this database; an empty one takes any. */
async function checkKeys(db: Db, config: Config): Promise<Finding[]> {
  const given = masterKeyIds(config);
  if (given.length === 0) return [];
  const rows = await db
    .selectFrom('data_key')
    .select('kek_id')
    .distinct()
    .execute()
    .catch((error: unknown) => {
      if (sqlState(error) === UNDEFINED_TABLE) return [];
      throw error;
    });
  const unknown = rows.map((row) => row.kek_id).filter((id) => !given.includes(id));
  if (unknown.length === 0) return [{ subject: 'Data keys', state: 'ok', says: 'opened by the master key' }];
  const says = `The data keys of this database are wrapped by master key ${unknown.join(', ')}; the one given is ${given.join(', ')}.`;
  return [fault('Data keys', `${says} Give the right one (SIGILLO_MASTER_KEY_FILE).`)];
}

/** None where the key itself is at fault, which is told elsewhere. */
function masterKeyIds(config: Config): string[] {
  if (config.masterKey === undefined && config.masterKeyFile === undefined) return [];
  try {
    const { current, previous } = readMasterKeys(config);
    return [current.id, ...(previous ? [previous.id] : [])];
  } catch {
    return [];
  }
}
