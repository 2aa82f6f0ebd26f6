import { expect, test } from 'vitest';
import { fromBase64url, parseOptions, toBase64url } from './credential-json.ts';

test('base64url there and back, every byte and every length', () => {
  for (let length = 0; length < 70; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);
    const text = toBase64url(bytes.buffer);
    expect(text).toBe(Buffer.from(bytes).toString('base64url'));
    expect(fromBase64url(text)).toEqual(bytes);
  }
});

test('options: what is bytes becomes bytes, all else stays', () => {
  const parsed = parseOptions({
    challenge: 'AQID',
    timeout: 300_000,
    user: { id: 'BAUG', name: 'ada@example.org' },
    excludeCredentials: [{ type: 'public-key', id: '-_8', transports: ['usb'] }],
  });
  expect(parsed).toEqual({
    challenge: Uint8Array.of(1, 2, 3),
    timeout: 300_000,
    user: { id: Uint8Array.of(4, 5, 6), name: 'ada@example.org' },
    excludeCredentials: [{ type: 'public-key', id: Uint8Array.of(251, 255), transports: ['usb'] }],
  });
  expect(parseOptions({ challenge: '' })).toEqual({ challenge: new Uint8Array() });
});
