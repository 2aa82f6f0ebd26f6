import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Bowser from 'bowser';
import type { FastifyRequest } from 'fastify';
import { type CountryResponse, Reader } from 'maxmind';
import { localAddresses, networkOf, plainAddress } from './addresses.ts';

/** Who is asking, as far as the connection tells. */
export interface ClientInfo {
  /** In plain form (see `plainAddress`); `unknown` on a connection without one. */
  address: string;
  /** The /64 of an IPv6 address, an IPv4 address itself: what limits count by. */
  network: string;
  /** At most 512 characters, no control characters; empty when none was sent. */
  userAgent: string;
}

const USER_AGENT_LENGTH = 512;

/**
 * The client of a request, past the trusted proxies and no further: the rightmost address that is not one of
 * theirs. What is not an address is skipped in favour of the proxy that wrote it.
 */
export function clientInfoOf(request: Pick<FastifyRequest, 'ip' | 'ips' | 'headers'>): ClientInfo {
  const hops = request.ips ?? [request.ip];
  const address =
    hops.map((hop) => plainAddress(hop ?? '')).findLast((hop) => hop !== undefined) ?? 'unknown';
  const userAgent = (request.headers['user-agent'] ?? '').replace(/\p{C}/gu, '').slice(0, USER_AGENT_LENGTH);
  return { address, network: networkOf(address), userAgent };
}

/** What a user agent string says of itself; empty strings where it says nothing. */
export interface BrowserDescription {
  /** Name and major version, such as `Firefox 128`. */
  browser: string;
  /** The operating system, such as `Windows` or `iOS`. */
  system: string;
  kind: 'phone' | 'tablet' | 'computer' | 'unknown';
}

const KINDS: Record<string, BrowserDescription['kind']> = {
  mobile: 'phone',
  tablet: 'tablet',
  desktop: 'computer',
};

/** Describes a browser to a holder who looks through their sessions. */
export function describeBrowser(userAgent: string): BrowserDescription {
  // The parser refuses an empty string.
  if (userAgent === '') return { browser: '', system: '', kind: 'unknown' };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const major = browser.version?.split('.')[0] ?? '';
  return {
    browser: `${browser.name ?? ''} ${major}`.trim(),
    system: os.name ?? '',
    kind: KINDS[platform.type ?? ''] ?? 'unknown',
  };
}

interface Place {
  /** ISO 3166-1 alpha-2; absent when the database does not know the address. */
  country?: string;
  /** Whether the address is of a private network or this computer, which is in no country. */
  local: boolean;
}

/** The bundled database (CC0) answers with this instead of maxmind's own nested form. */
type CountryRecord = CountryResponse & { country_code?: string };

let reader: Reader<CountryRecord> | undefined;

/** The country an address is registered in, by the bundled database, which is read once at first use. */
export function placeOf(address: string): Place {
  const plain = plainAddress(address);
  if (plain === undefined) return { local: false };
  if (localAddresses.has(plain)) return { local: true };
  reader ??= new Reader<CountryRecord>(readFileSync(countryDatabase()));
  const country = reader.get(plain)?.country_code;
  return country === undefined ? { local: false } : { country, local: false };
}

function countryDatabase(): string {
  const name = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';
  return fileURLToPath(import.meta.resolve(name));
}
