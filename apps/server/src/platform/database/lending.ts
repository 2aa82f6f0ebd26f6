import type { Writable } from 'node:stream';
import type pg from 'pg';

/** A connection, as long as one has it. */
export interface Lent {
  query(statement: pg.QueryConfig | string): Promise<pg.QueryResult>;
  /** What is sent to the database. */
  stream: Pick<Writable, 'cork' | 'uncork'>;
  /** @param destroy whether it is closed rather than lent again */
  release(destroy?: boolean): void;
}

/** Whoever lends connections. */
export interface Lender {
  connect(): Promise<Lent>;
  end(): Promise<void>;
}

/** Lends the connections of a pool. */
export function lending(pool: pg.Pool): Lender {
  return {
    async connect() {
      const client = await pool.connect();
      return {
        query: (statement) => client.query(statement),
        stream: streamOf(client),
        release: (destroy) => (destroy ? close(client) : client.release()),
      };
    },
    end: () => pool.end(),
  };
}

/** Takes a connection out of the pool at once: by itself the library would wait for what is under way on it. */
export function close(client: pg.PoolClient): void {
  client.release(true);
  streamOf(client).destroy();
}

/** The socket, which the types of the library keep to themselves. */
export const streamOf = (client: pg.PoolClient): Writable =>
  (client as unknown as { connection: { stream: Writable } }).connection.stream;
