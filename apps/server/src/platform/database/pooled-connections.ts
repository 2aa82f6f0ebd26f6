import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';
import type { Lender, Lent } from './lending.ts';
import { type StatementNames, statementNames } from './statement-names.ts';

/** Told of each statement that ended: where nobody wants to know, nothing is measured. */
export type OnStatement = (sql: string, ms: number, isFailed: boolean) => void;

/**
 * Hands out the connections of a pool. Statements are prepared once a connection, and those that are ready at the same
 * time travel together: what follows is sent before what precedes was answered. PostgreSQL runs them one after the
 * other, so nothing else changes.
 *
 * @param pool whose clients pipeline
 */
export class PooledConnections implements Driver {
  readonly #pool: Lender;
  readonly #names = statementNames();
  readonly #onStatement: OnStatement | undefined;

  constructor(pool: Lender, onStatement?: OnStatement) {
    this.#pool = pool;
    this.#onStatement = onStatement;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PooledConnection> {
    return new PooledConnection(await this.#pool.connect(), this.#names, this.#onStatement);
  }

  /** Does not wait: `BEGIN` fails only with its connection, and then so does what follows. */
  async beginTransaction(connection: PooledConnection, settings: TransactionSettings = {}): Promise<void> {
    const { isolationLevel, accessMode } = settings;
    const mode = [isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean);
    connection.send(['begin', ...mode].join(' ')).catch(() => connection.discard());
  }

  /** @throws Error when an earlier error had left nothing to commit */
  async commitTransaction(connection: PooledConnection): Promise<void> {
    const { command } = await connection.send('commit');
    if (command === 'ROLLBACK') throw new Error('The transaction was undone instead of committed');
  }

  async rollbackTransaction(connection: PooledConnection): Promise<void> {
    try {
      await connection.send('rollback');
    } catch (error) {
      connection.discard();
      throw error;
    }
  }

  async releaseConnection(connection: PooledConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }
}

/** What a statement that changed rows answers with. */
const WRITES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** feature_not_supported: also “cached plan must not change result type”, after a migration. */
const OUTDATED_PLAN = '0A000';

/** One connection for one use; whoever holds it may have several statements under way. */
export class PooledConnection implements DatabaseConnection {
  readonly #client: Lent;
  readonly #names: StatementNames;
  readonly #onStatement: OnStatement | undefined;
  #isGathering = false;
  #isBroken = false;

  constructor(client: Lent, names: StatementNames, onStatement: OnStatement | undefined) {
    this.#client = client;
    this.#names = names;
    this.#onStatement = onStatement;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const told = this.#onStatement;
    if (!told) return this.#execute(query);
    const startMs = performance.now();
    let isFailed = true;
    try {
      const result = await this.#execute<R>(query);
      isFailed = false;
      return result;
    } finally {
      told(query.sql, performance.now() - startMs, isFailed);
    }
  }

  async #execute<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    this.#gather();
    // What has no parameters may be several statements, which cannot be prepared.
    const name = parameters.length > 0 ? this.#names.of(sql) : undefined;
    const values = parameters as unknown[];
    try {
      const { command, rowCount, rows } = await this.#client.query(
        name ? { name, text: sql, values } : { text: sql, values },
      );
      const isWrite = WRITES.has(command);
      return { rows: rows ?? [], ...(isWrite && { numAffectedRows: BigInt(rowCount ?? 0) }) };
    } catch (error) {
      if ((error as { code?: string }).code === OUTDATED_PLAN) this.#names.renew();
      throw error;
    }
  }

  /** A statement without parameters or rows. */
  send(text: string): Promise<{ command: string }> {
    this.#gather();
    return this.#client.query(text);
  }

  streamQuery(): never {
    throw new TypeError('rows are not streamed');
  }

  /** The connection is closed rather than used again. */
  discard(): void {
    this.#isBroken = true;
  }

  release(): void {
    this.#client.release(this.#isBroken);
  }

  /** Keeps what is sent until nothing more is ready to be sent: one write to the socket for all of it. */
  #gather(): void {
    if (this.#isGathering) return;
    const { stream } = this.#client;
    this.#isGathering = true;
    stream.cork();
    process.nextTick(() => {
      this.#isGathering = false;
      stream.uncork();
    });
  }
}
