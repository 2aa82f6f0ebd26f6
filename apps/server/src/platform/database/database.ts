import { randomInt } from 'node:crypto';
import {
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction,
} from 'kysely';
import pg from 'pg';
import { SECOND_MS } from '../clock/clock.ts';
import { boundedPool } from './bounded-pool.ts';
import { lending } from './lending.ts';
import { type OnStatement, type PooledConnection, PooledConnections } from './pooled-connections.ts';
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

/**
 * serialization_failure, deadlock_detected, and feature_not_supported of a plan that a migration outdated: PostgreSQL
 * undid everything, so the work may run again.
 */
const RETRYABLE = new Set(['40001', '40P01', '0A000']);

interface ConnectOptions {
  poolSize: number;
  /** Told of each connection that broke, idle or not; must not throw. */
  onError(error: Error): void;
  /** Told of each statement that ended; where nobody wants to know, nothing is measured. */
  onStatement?: OnStatement | undefined;
  /**
   * Nobody waits for long: for serving, not for what an operator waits for at a terminal. Whoever waits too long gets
   * `DatabaseUnavailable`.
   */
  isBounded?: boolean;
}

/** Connections there are, those that nobody uses, and who waits for one. */
export interface PoolLoad {
  total: number;
  idle: number;
  waiting: number;
}

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
 */
export function connect(address: DatabaseAddress, options: ConnectOptions): Db {
  return openPool(address, options).db;
}

/** As `connect`, with a look at how busy the pool is. */
export function openPool(address: DatabaseAddress, options: ConnectOptions): { db: Db; load(): PoolLoad } {
  const pool = new pg.Pool({
    ...address,
    max: options.poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser },
    pipeline: true,
    ...(options.isBounded && BOUNDS.settings),
  });
  // A client that breaks while a transaction holds it has no listener of the pool's: without this one,
  // Node would end the process.
  pool.on('connect', (client) => client.on('error', options.onError));
  // The pool repeats the errors of idle clients, which the listener above has told already.
  pool.on('error', () => undefined);
  const driver = new PooledConnections(
    options.isBounded ? boundedPool(pool, BOUNDS.longestMs) : lending(pool),
    options.onStatement,
  );
  const db = new Kysely<Tables>({ dialect: { ...DIALECT, createDriver: () => driver } });
  drivers.set(db, driver);
  const load = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount });
  return { db, load };
}

const compiler = new PostgresQueryCompiler();
const adapter = new PostgresAdapter();
const DIALECT = {
  createQueryCompiler: () => compiler,
  createAdapter: () => adapter,
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
};

const drivers = new WeakMap<Db, PooledConnections>();

/** A transaction that its owner ends. */
export interface OpenTransaction {
  tx: Tx;
  commit(): Promise<void>;
  /** Does nothing once it was committed, or could not be. */
  rollback(): Promise<void>;
}

/**
 * Begins a READ COMMITTED transaction. Statements that are given to it at once, by `Promise.all`, travel together; they
 * are carried out in the order in which they were given.
 */
export async function openTransaction(db: Db): Promise<OpenTransaction> {
  const driver = drivers.get(db);
  if (!driver) throw new TypeError('not a database that was connected here');
  const connection = await driver.acquireConnection();
  await driver.beginTransaction(connection, { isolationLevel: 'read committed' });
  let isOver = false;
  const end = async (how: () => Promise<void>) => {
    if (isOver) return;
    // Of several statements given at once one may fail, and another be about to send its next.
    isOver = true;
    await how().finally(() => driver.releaseConnection(connection));
  };
  const tx = transactionOn(driver, connection, () => isOver);
  return {
    tx,
    commit: () => end(() => driver.commitTransaction(connection)),
    rollback: () => end(() => driver.rollbackTransaction(connection)),
  };
}

/** Kysely's own transactions send nothing before the statement before was answered. */
function transactionOn(driver: PooledConnections, connection: PooledConnection, isOver: () => boolean): Tx {
  const provider = {
    provideConnection: <T>(consumer: (given: PooledConnection) => Promise<T>) =>
      isOver() ? Promise.reject(new Error('The transaction is over')) : consumer(connection),
  };
  const dialect = { ...DIALECT, createDriver: () => driver };
  const executor = new DefaultQueryExecutor(compiler, adapter, provider as never);
  return new Transaction<Tables>({ config: { dialect }, dialect, driver, executor });
}

/**
 * Runs `work` in one READ COMMITTED transaction, and again (at most five times, a random moment later) when
 * PostgreSQL undid it for a conflict. `work` must therefore touch nothing but the database.
 *
 * @throws what `work` threw, or the last conflict
 */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return retried(async () => {
    const { tx, commit, rollback } = await openTransaction(db);
    try {
      const result = await work(tx);
      await commit();
      return result;
    } catch (error) {
      await rollback().catch(() => undefined);
      throw error;
    }
  });
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

/**
 * `bigint` becomes a number: ours are counters and time steps, far below 2^53. A `date` stays the day it is: as a moment
 * it would depend on where the server stands.
 */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (oid === pg.types.builtins.INT8) return parseSafeInteger;
  if (oid === pg.types.builtins.DATE) return (day: string) => day;
  return pg.types.getTypeParser(oid, format as 'text');
};

function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`);
  return value;
}
