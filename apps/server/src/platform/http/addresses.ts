import { BlockList, isIP } from 'node:net';

/**
 * An address in one plain form: IPv4 inside IPv6 (`::ffff:192.0.2.1`) as IPv4, no port, brackets or zone,
 * IPv6 in the canonical form of RFC 5952. Undefined when the text is not an address.
 */
export function plainAddress(text: string): string | undefined {
  const bare = withoutPort(text.trim());
  const family = isIP(bare);
  if (family === 4) return bare;
  if (family !== 6) return undefined;
  const canonical = new URL(`http://[${withoutZone(bare)}]`).hostname.slice(1, -1);
  return mappedIPv4(canonical) ?? canonical;
}

/** Some proxies append the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](:\d+)?$/.exec(text)?.[1];
  return bracketed ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? address;
}

/** The canonical form writes a mapped address as two groups: `::ffff:c000:201`. */
function mappedIPv4(canonical: string): string | undefined {
  const groups = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical)?.slice(1);
  if (!groups) return undefined;
  const bytes = groups.map((group) => Number.parseInt(group, 16)).flatMap((n) => [n >> 8, n & 0xff]);
  return bytes.join('.');
}

/**
 * What one subscriber holds and limits count by: an IPv6 /64, written `2001:db8:0:1::/64`, or the IPv4
 * address itself.
 *
 * @param address in plain form
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...(tail ?? '').split(':')];
  return `${all.slice(0, 4).join(':')}::/64`;
}

/** A set of addresses. */
export interface AddressSet {
  has(address: string): boolean;
}

/**
 * The set that a list of addresses and networks in CIDR notation describes.
 *
 * @throws RangeError naming the first entry that is neither
 */
export function addressSet(entries: readonly string[]): AddressSet {
  const list = new BlockList();
  for (const entry of entries) addNetwork(list, entry);
  return {
    has: (address) => {
      const plain = plainAddress(address);
      return plain !== undefined && list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

function addNetwork(list: BlockList, entry: string): void {
  const [address = '', prefix, ...more] = entry.trim().split('/');
  const family = isIP(address);
  const bits = family === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  if (family === 0 || more.length > 0 || length < 0 || length > bits) {
    throw new RangeError(`${JSON.stringify(entry)} is neither an address nor a network such as 10.0.0.0/8`);
  }
  list.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
}

/** Loopback, private, shared, link-local and unique local addresses (RFC 6890): they have no place on a map. */
export const localAddresses = addressSet([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1',
  'fc00::/7',
  'fe80::/10',
]);
