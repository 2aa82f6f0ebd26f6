import { type AddressSet, addressSet, plainAddress } from './addresses.ts';

/**
 * Addresses that no public server has (IANA special-purpose registries, RFC 6890): this computer, private
 * networks, link-local ones with the metadata services of clouds, documentation, multicast, and IPv6 forms that
 * lead to any of them.
 */
const SPECIAL: AddressSet = addressSet([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]);

/** Whether a server on the internet may have this address; false for what is not an address. */
export function isPublicAddress(text: string): boolean {
  const address = plainAddress(text);
  return address !== undefined && !SPECIAL.has(address);
}
