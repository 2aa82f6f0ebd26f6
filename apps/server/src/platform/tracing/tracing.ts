import type { FastifyInstance } from 'fastify';
import type { AddressSet } from '../http/addresses.ts';

/** What a span says: names and numbers of the program, never an id, an address or what somebody typed. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Follows what happens for a request through the server, where somebody looks at it. */
export interface Tracing {
  /** Whether anything is traced at all. */
  isOn: boolean;
  /** Runs work as a part of what is going on, or as a whole of its own. */
  span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>;
  /** Adds to what is going on. */
  note(attributes: Attributes): void;
  /** A statement that has just ended, as a part of what is going on; alone it is nothing. */
  statement(sql: string, ms: number, isFailed: boolean): void;
  /** Traces every request; before any other hook is added. @param proxies whose traces are gone on with */
  followRequests(app: Pick<FastifyInstance, 'addHook'>, proxies: AddressSet): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Where nothing is traced. */
export const noTracing: Tracing = {
  isOn: false,
  span: (_name, _attributes, work) => work(),
  note: () => undefined,
  statement: () => undefined,
  followRequests: () => undefined,
  close: async () => undefined,
};
