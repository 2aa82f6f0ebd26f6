import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressSet, localAddresses, networkOf, plainAddress } from './addresses.ts';

test('an address has one plain form', () => {
  expect(plainAddress('192.0.2.1')).toBe('192.0.2.1');
  expect(plainAddress(' 192.0.2.1:4711 ')).toBe('192.0.2.1');
  expect(plainAddress('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(plainAddress('::FFFF:c000:0201')).toBe('192.0.2.1');
  expect(plainAddress('2001:0DB8:0:0:0:0:0:1')).toBe('2001:db8::1');
  expect(plainAddress('[2001:db8::1]:443')).toBe('2001:db8::1');
  expect(plainAddress('fe80::1%eth0')).toBe('fe80::1');
  for (const text of ['', 'unknown', '_hidden', '300.1.1.1', '1.2.3', 'localhost', '2001:db8::1::2']) {
    expect(plainAddress(text)).toBeUndefined();
  }
});

test('the network of an address is its /64, or the IPv4 address', () => {
  expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('2001:db8:1:2::')).toBe('2001:db8:1:2::/64');
  expect(networkOf('unknown')).toBe('unknown');
});

test('two addresses of one /64 have one network, two of different ones have two', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (written, host) => {
      const address = plainAddress(written);
      if (address === undefined || !address.includes(':')) return;
      const network = networkOf(address);
      const suffix = host.toString(16).padStart(16, '0').match(/.{4}/g)?.join(':');
      const sibling = plainAddress(`${network.slice(0, -'::/64'.length)}:${suffix}`);
      if (sibling?.includes(':')) expect(networkOf(sibling)).toBe(network);
    }),
  );
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
});

test('a set holds addresses and networks of both families', () => {
  const set = addressSet(['10.0.0.0/8', '2001:db8::/32', '192.0.2.7']);
  for (const inside of ['10.1.2.3', '::ffff:10.1.2.3', '2001:db8:1::1', '192.0.2.7']) {
    expect(set.has(inside)).toBe(true);
  }
  for (const outside of ['11.1.2.3', '192.0.2.8', '2001:db9::1', 'unknown', '']) {
    expect(set.has(outside)).toBe(false);
  }
});

test('an entry that is not an address or network is named', () => {
  for (const entry of ['10.0.0.0/33', 'proxy', '10.0.0.0/8/8', '10.0.0.0/', '::/129']) {
    expect(() => addressSet([entry])).toThrow(JSON.stringify(entry));
  }
});

test('local addresses are told from public ones', () => {
  for (const local of ['127.0.0.1', '192.168.1.1', '172.31.0.1', '::1', 'fd00::1', 'fe80::1', '100.64.0.1']) {
    expect(localAddresses.has(local)).toBe(true);
  }
  for (const open of ['8.8.8.8', '172.32.0.1', '2001:db8::1']) expect(localAddresses.has(open)).toBe(false);
});
