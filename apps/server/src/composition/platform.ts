import { mkdirSync } from 'node:fs';
import { type Clock, systemClock } from '../platform/clock/clock.ts';
import type { Config } from '../platform/config/config.ts';
import {
  connect,
  type DatabaseAddress,
  type Db,
  inSingleStatements,
  inTransaction,
  openPool,
  type PoolLoad,
  type Tx,
} from '../platform/database/database.ts';
import { startEmbeddedDatabase } from '../platform/database/embedded/embedded-database.ts';
import { migrate } from '../platform/database/migrate.ts';
import { keepPartitions } from '../platform/database/partitions.ts';
import { loadKeyring, type RefreshableKeyring } from '../platform/keyring/keyring.ts';
import { readMasterKeys } from '../platform/keyring/master-key.ts';
import type { Log } from '../platform/log/log.ts';
import { type Metrics, openMetrics } from '../platform/metrics/metrics.ts';
import { inPlainWords } from '../platform/start-refused.ts';
import { noTracing, type Tracing } from '../platform/tracing/tracing.ts';

/** What everything else stands on: a migrated database, the keys that seal it, a clock. */
export interface Platform {
  config: Config;
  db: Db;
  address: DatabaseAddress;
  keyring: RefreshableKeyring;
  clock: Clock;
  log: Log;
  /** Whoever has something to tell declares it here. */
  metrics: Metrics;
  tracing: Tracing;
  pool(): PoolLoad;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For what only reads, or is one statement. */
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface PlatformPorts {
  log: Log;
  /** Told what is going on, for people who wait. */
  say(line: string): void;
  tracing?: Tracing;
  /** Another clock than the computer's, for tests. */
  clock?: Clock;
  /** It serves requests, so that nothing waits for the database for long. */
  isServing?: boolean;
}

const NOT_THERE = 'No database answers at the address of DATABASE_URL. Start it, or correct the address.';

/** What a configured database says when it cannot be used, and what to do about it. */
export const UNUSABLE_DATABASE = {
  ECONNREFUSED: NOT_THERE,
  ENOENT: NOT_THERE,
  ENOTFOUND: NOT_THERE,
  ETIMEDOUT: NOT_THERE,
  '28000': 'The database does not let this user in. Check DATABASE_URL.',
  '28P01': 'The database refuses the password. Check DATABASE_URL.',
  '3D000': 'The database server has no database of this name. Create it, or check DATABASE_URL.',
  '42501': 'The user of DATABASE_URL may not create tables. It needs a database of its own.',
};

/**
 * Opens the database (starting our own where none is configured), migrates it and loads the keys.
 *
 * @throws StartRefused, and what the database says
 */
export async function openPlatform(
  config: Config,
  { log, say, clock = systemClock, tracing = noTracing, isServing = false }: PlatformPorts,
): Promise<Platform> {
  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
  const { address, stop } = await openDatabase(config, say);
  let isClosing = false;
  const onError = (err: Error) => {
    if (!isClosing) log.warn({ err }, 'a database connection broke');
  };
  const { db, load: pool } = openPool(address, {
    poolSize: config.database.poolSize,
    isBounded: isServing,
    onStatement: tracing.isOn ? tracing.statement : undefined,
    onError,
  });
  const close = async () => {
    isClosing = true;
    await db.destroy();
    await stop();
  };
  try {
    const applied = await prepare(address, onError, clock.nowMs()).catch((error: unknown) => {
      throw config.database.url ? inPlainWords(error, UNUSABLE_DATABASE) : error;
    });
    if (applied.length > 0) say(`Migrated the database (${applied.join(', ')})`);
    const keys = readMasterKeys(config);
    const keyring = await loadKeyring(db, keys.current, clock.nowMs(), keys.previous);
    const transaction = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
    const single = <T>(work: (tx: Tx) => Promise<T>) => inSingleStatements(db, work);
    const opened = { config, db, address, keyring, clock, log, metrics: openMetrics(), tracing, pool };
    return { ...opened, transaction, single, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Brings the tables up to date, which may take its time. @returns the migrations applied now */
async function prepare(
  address: DatabaseAddress,
  onError: (error: Error) => void,
  nowMs: number,
): Promise<string[]> {
  const patient = connect(address, { poolSize: 1, onError });
  try {
    const applied = await migrate(patient, nowMs);
    await keepPartitions(patient, nowMs);
    return applied;
  } finally {
    await patient.destroy();
  }
}

async function openDatabase(
  { database, dataDirectory }: Config,
  say: (line: string) => void,
): Promise<{ address: DatabaseAddress; stop(): Promise<void> }> {
  if (database.url) return { address: { connectionString: database.url }, stop: async () => undefined };
  const { postgresBin } = database;
  return startEmbeddedDatabase({ dataDirectory, log: say, ...(postgresBin ? { postgresBin } : {}) });
}
