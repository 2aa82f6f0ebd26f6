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
export const lending = (pool: pg.Pool): Lender => ({
  connect: async () => lend(await pool.connect()),
  end: () => pool.end(),
});

export function lend(client: pg.PoolClient): Lent {
  // The types of the library keep the socket to themselves.
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  return {
    query: (statement) => client.query(statement),
    stream,
    release(destroy) {
      client.release(destroy);
      // By itself the library would wait for what is under way.
      if (destroy) stream.destroy();
    },
  };
}
