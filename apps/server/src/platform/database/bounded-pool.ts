import type pg from 'pg';
import { DatabaseUnavailable, isForNow } from './database-unavailable.ts';
import { type Lender, type Lent, lend } from './lending.ts';
import { currentPatience, type Patience } from './patience.ts';

/**
 * A pool in which nobody waits for ever: whoever waits for a connection or holds one for longer than their patience
 * gets `DatabaseUnavailable`, and the connection is closed. That rolls an open transaction back, unless its COMMIT
 * was on its way.
 *
 * @param longestMs for work that brings no patience of its own
 */
export function boundedPool(pool: pg.Pool, longestMs: number): Lender {
  const broken = new WeakSet<pg.PoolClient>();
  pool.on('connect', (client) => {
    const mark = (): void => void broken.add(client);
    // Statements fail as soon as the connection does, which may be before it has ended.
    client.once('error', mark);
    client.once('end', mark);
  });
  return {
    end: () => pool.end(),
    async connect() {
      const patience = currentPatience() ?? { leftMs: longestMs };
      const sinceMs = performance.now();
      const client = await connected(pool, patience.leftMs).catch((error: unknown) => {
        patience.leftMs -= performance.now() - sinceMs;
        throw error;
      });
      const leftMs = patience.leftMs - (performance.now() - sinceMs);
      if (leftMs >= LEAST_MS) return held(client, patience, sinceMs, () => broken.has(client));
      client.release();
      patience.leftMs = leftMs;
      throw new DatabaseUnavailable();
    },
  };
}

/** Whoever has less left begins nothing: it would only leave a statement behind. */
const LEAST_MS = 100;

/** @throws DatabaseUnavailable, whatever the reason why there is no connection */
async function connected(pool: pg.Pool, withinMs: number): Promise<pg.PoolClient> {
  const connecting = pool.connect();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(setImmediate, withinMs, () => resolve(undefined));
  });
  const client = await Promise.race([connecting, tooLate])
    .catch((error: unknown) => {
      throw new DatabaseUnavailable(error);
    })
    .finally(() => clearTimeout(timer));
  if (client) return client;
  // It may still come: then somebody else has use for it.
  connecting.then(
    (late) => late.release(),
    () => undefined,
  );
  throw new DatabaseUnavailable();
}

/** One use of a connection, counted from when it was asked for until it is given back. */
function held(client: pg.PoolClient, patience: Patience, sinceMs: number, isBroken: () => boolean): Lent {
  const { query: ask, stream, release } = lend(client);
  let isGivenUp = false;
  let isReleased = false;
  const waitedMs = () => performance.now() - sinceMs;
  const giveUp = () => {
    if (isReleased) return;
    isGivenUp = true;
    release(true);
  };
  // Not before what has arrived was read: it may be this process that had no time.
  const timer = setTimeout(setImmediate, patience.leftMs - waitedMs(), giveUp);

  const query = async (statement: pg.QueryConfig | string): Promise<pg.QueryResult> => {
    if (isGivenUp) throw new DatabaseUnavailable();
    try {
      return await ask(statement);
    } catch (error) {
      throw isGivenUp || isBroken() || isForNow(error) ? new DatabaseUnavailable(error) : error;
    }
  };
  return {
    query,
    stream,
    release: (destroy) => {
      clearTimeout(timer);
      isReleased = true;
      patience.leftMs -= waitedMs();
      if (!isGivenUp) release(destroy);
    },
  };
}
