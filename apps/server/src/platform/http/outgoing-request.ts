import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { SECOND_MS } from '../clock/clock.ts';
import { isPublicAddress } from './private-networks.ts';

/** A request to an address that somebody else has chosen ([WEB-6]). */
export interface OutgoingRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array;
}

export interface OutgoingAnswer {
  status: number;
  body: Buffer;
}

/** Sends requests. Rejects with RequestRefused, or with what the connection says. */
export type Outgoing = (request: OutgoingRequest, signal: AbortSignal) => Promise<OutgoingAnswer>;

/** The request was not made, or its answer not taken; the message says nothing of the address. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

const TIMEOUT_MS = 5 * SECOND_MS;
const MOST_BYTES = 512 * 1024;

/**
 * Sends requests over https to public addresses only, whatever the name service says at that moment; follows no
 * redirect, waits five seconds and reads 512 KiB at most.
 *
 * @param allowedHosts `host:port` that may be private, and plain http: those the administrator has named
 * @param look the name service
 */
export function outgoingRequests(allowedHosts: readonly string[], look: typeof lookup = lookup): Outgoing {
  const allowed = new Set(allowedHosts);
  const publicLookup = publicOnly(look);
  return async (request, signal) => {
    const url = readUrl(request.url);
    const isAllowed = allowed.has(hostOf(url));
    if (!isAllowed) refuseUnsafe(url);
    return send(url, request, isAllowed ? undefined : publicLookup, signal);
  };
}

function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !['https:', 'http:'].includes(url.protocol)) throw new RequestRefused('no web address');
  if (url.username !== '' || url.password !== '') throw new RequestRefused('credentials in the address');
  return url;
}

const hostOf = ({ hostname, port, protocol }: URL): string =>
  `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;

function refuseUnsafe({ protocol, hostname }: URL): void {
  if (protocol !== 'https:') throw new RequestRefused('not https');
  const literal = hostname.replace(/^\[|\]$/g, '');
  // A literal address is connected to without being looked up.
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw new RequestRefused('not a public address');
}

/** Looks a name up for the connection itself, so that it cannot be answered differently in between. */
function publicOnly(look: typeof lookup): LookupFunction {
  return (hostname, options, callback) => {
    look(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '');
      const allArePublic = addresses.every(({ address }) => isPublicAddress(address));
      const [first] = addresses;
      if (!allArePublic || !first) return callback(new RequestRefused('not a public address'), '');
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function send(
  url: URL,
  { method, headers, body }: OutgoingRequest,
  look: LookupFunction | undefined,
  signal: AbortSignal,
): Promise<OutgoingAnswer> {
  const make = url.protocol === 'https:' ? tlsRequest : plainRequest;
  const stop = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  return new Promise((resolve, reject) => {
    const options = { method, headers, signal: stop, agent: false as const, ...(look && { lookup: look }) };
    const request = make(url, options, (response) => {
      readWithin(response).then(
        (read) => resolve({ status: response.statusCode ?? 0, body: read }),
        (error) => {
          request.destroy();
          reject(error);
        },
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function readWithin(response: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new RequestRefused('the answer is too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
