import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import { clientInfoOf } from './client-info.ts';

/** Who waits for the work that is being done. */
export interface Asker {
  /** `ClientInfo.network`. */
  network(): string;
  /** Whether the connection has been closed: nobody would read the answer. */
  isGone(): boolean;
}

const asker = new AsyncLocalStorage<Asker>();

/** Runs `work`, and all that it starts, for a request. Factors are called without saying for which one. */
export function askedBy<T>(request: FastifyRequest, work: () => T): T {
  const who = { network: () => clientInfoOf(request).network, isGone: () => request.raw.socket.destroyed };
  return asker.run(who, work);
}

/** Undefined for work that no request asked for. */
export const currentAsker = (): Asker | undefined => asker.getStore();
