import { expect, test } from 'vitest';
import { clientInfoOf, describeBrowser, placeOf } from './client-info.ts';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
const IPAD =
  'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1';

test('a client is the rightmost hop that is an address', () => {
  const headers = { 'user-agent': FIREFOX };
  expect(clientInfoOf({ ip: '::ffff:192.0.2.1', headers })).toEqual({
    address: '192.0.2.1',
    network: '192.0.2.1',
    userAgent: FIREFOX,
  });
  const ips = ['127.0.0.1', '2001:db8:1:2:3::1'];
  expect(clientInfoOf({ ip: '2001:db8:1:2:3::1', ips, headers }).network).toBe('2001:db8:1:2::/64');
  expect(clientInfoOf({ ip: 'junk', ips: ['127.0.0.1', 'junk'], headers }).address).toBe('127.0.0.1');
});

test('a user agent is shortened and stripped of control characters', () => {
  const headers = { 'user-agent': `a\u009b31m\u202e${'x'.repeat(2_000)}` };
  const { userAgent } = clientInfoOf({ ip: '192.0.2.1', headers });
  expect(userAgent).toHaveLength(512);
  expect(userAgent.startsWith('a31mx')).toBe(true);
  expect(clientInfoOf({ ip: '192.0.2.1', headers: {} }).userAgent).toBe('');
});

test('browsers are described by name, system and kind', () => {
  expect(describeBrowser(FIREFOX)).toEqual({ browser: 'Firefox 128', system: 'Windows', kind: 'computer' });
  expect(describeBrowser(IPHONE)).toEqual({ browser: 'Safari 17', system: 'iOS', kind: 'phone' });
  expect(describeBrowser(IPAD)).toMatchObject({ kind: 'tablet' });
  expect(describeBrowser('')).toEqual({ browser: '', system: '', kind: 'unknown' });
  expect(describeBrowser('x')).toMatchObject({ kind: 'unknown' });
});

test('a place is a country, or local', () => {
  expect(placeOf('8.8.8.8')).toEqual({ country: 'US', local: false });
  expect(placeOf('2001:4860::1')).toEqual({ country: 'US', local: false });
  expect(placeOf('192.168.1.7')).toEqual({ local: true });
  expect(placeOf('::1')).toEqual({ local: true });
  expect(placeOf('unknown')).toEqual({ local: false });
});
