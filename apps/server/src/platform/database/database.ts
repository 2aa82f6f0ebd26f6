import { randomInt } from 'node:crypto';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { SECOND_MS } from '../clock/clock.ts';
import { boundedPool } from './bounded-pool.ts';
import type { Tables } from './tables.ts';

/** The database as stores see it. */
export type Db = Kysely<Tables>;

/** An open transaction; a store that takes one writes nothing outside it. */
export type Tx = Transaction<Tables>;

/** Where PostgreSQL is. `host` may be the folder of a Unix socket. */
export interface DatabaseAddress {
  connectionString?: string;
  host?: string;
  port?: number;
  user?: string;
  database?: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
const RETRIES = 5;
const RETRY_BASE_MS = 10;

/** serialization_failure and deadlock_detected: PostgreSQL undid everything, so the work may run again. */
const RETRYABLE = new Set(['40001', '40P01']);

/**
 * What bounds the waiting of a node that serves requests. A request brings less patience than the rest of it; the
 * database's own limits are for what a node that is gone left behind, so that neither its locks nor its statements
 * stay.
 */
const BOUNDS = {
  longestMs: 30 * SECOND_MS,
  settings: {
    statement_timeout: 10 * SECOND_MS,
    lock_timeout: 4 * SECOND_MS,
    idle_in_transaction_session_timeout: 15 * SECOND_MS,
  },
};

/**
 * Opens a pool. Nothing connects before the first query; a connection that breaks is replaced by the next
 * query, so a database that restarts costs its callers one error each at most.
 *
 * @param options.onError told of each connection that broke, idle or not; must not throw
 * @param options.isBounded nobody waits for long: for serving, not for what an operator waits for at a terminal.
 *   Whoever waits too long gets `DatabaseUnavailable`
 */
export function connect(
  address: DatabaseAddress,
  options: { poolSize: number; onError(error: Error): void; isBounded?: boolean },
): Db {
  const pool = new pg.Pool({
    ...address,
    max: options.poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser },
    ...(options.isBounded && BOUNDS.settings),
  });
  // A client that breaks while a transaction holds it has no listener of the pool's: without this one,
  // Node would end the process.
  pool.on('connect', (client) => client.on('error', options.onError));
  // The pool repeats the errors of idle clients, which the listener above has told already.
  pool.on('error', () => undefined);
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: options.isBounded ? boundedPool(pool, BOUNDS.longestMs) : pool }),
  });
}

/**
 * Runs `work` in one READ COMMITTED transaction, and again (at most five times, a random moment later) when
 * PostgreSQL undid it for a conflict. `work` must therefore touch nothing but the database.
 *
 * @throws what `work` threw, or the last conflict
 */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return retried(() => db.transaction().setIsolationLevel('read committed').execute(work));
}

/**
 * Runs what only reads, or is one statement, and again as `inTransaction` does. At READ COMMITTED every statement
 * sees what is committed when it begins, in a transaction or not; and one statement is whole or not at all. The
 * transaction would add nothing but two round trips, which cost as much as the statement.
 */
export function inSingleStatements<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  // Stores ask for a transaction so that nobody writes twice without one: here nobody does.
  return retried(() => work(db as Tx));
}

async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await attempt();
    } catch (error) {
      if (retries === RETRIES || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
      await jitter(retries);
    }
  }
}

/** The SQLSTATE of an error that PostgreSQL reported (such as `23505`), else undefined. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Waits up to twice as long with every retry: equals that collided once should not meet again. */
function jitter(retries: number): Promise<void> {
  const atMostMs = RETRY_BASE_MS * 2 ** retries;
  return new Promise((resolve) => setTimeout(resolve, randomInt(atMostMs)));
}

/** `bigint` becomes a number: ours are counters and time steps, far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? parseSafeInteger : pg.types.getTypeParser(oid, format as 'text');

function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`);
  return value;
}
