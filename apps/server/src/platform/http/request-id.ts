import type { IncomingMessage } from 'node:http';
import type { AddressSet } from './addresses.ts';

/** A UUID, or the same without dashes, as some proxies write it. */
const ID = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i;

/** The header, if it comes from a trusted proxy: from anybody else it would put words into our log. */
export function fromProxy(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  name: 'x-request-id' | 'traceparent',
  proxies: AddressSet,
): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && proxies.has(socket.remoteAddress ?? '') ? value : undefined;
}

/** The request's id that a trusted proxy gave it, so that its log and ours are found by one id. */
export function requestIdOf(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: AddressSet,
): string | undefined {
  const groups = ID.exec(fromProxy(request, 'x-request-id', proxies) ?? '');
  return groups?.slice(1).join('-').toLowerCase();
}
