import { AsyncLocalStorage } from 'node:async_hooks';

/** How long one piece of work still waits for the database, over all its statements together. */
export interface Patience {
  leftMs: number;
}

const patience = new AsyncLocalStorage<Patience>();

/**
 * Runs `work`, and all that it starts, with so much waiting for the database in all: a request that meets a slow or
 * silent database then fails in time, however many statements it has. Stores are called without saying for which
 * request, so this travels beside them.
 */
export function withPatience<T>(ms: number, work: () => T): T {
  return patience.run({ leftMs: ms }, work);
}

/** What is left to whoever asks; undefined for work that nobody waits for. */
export const currentPatience = (): Patience | undefined => patience.getStore();
