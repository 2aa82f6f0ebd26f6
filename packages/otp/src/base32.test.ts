import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base32Decode, base32Encode } from './index.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('"%s" is written %s, as in RFC 4648 §10', (text, encoded) => {
  expect(base32Encode(ascii(text))).toBe(encoded);
  const padded = encoded.padEnd(Math.ceil(encoded.length / 8) * 8, '=');
  expect(base32Decode(padded)).toEqual(ascii(text));
});

test('whatever is written is read again, in any case and with any spacing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const text = base32Encode(bytes);
      expect(base32Decode(text)).toEqual(bytes);
      expect(base32Decode(text.toLowerCase().replace(/(.{4})/g, '$1 '))).toEqual(bytes);
      expect(base32Decode(text.replace(/(.{4})/g, '$1-'))).toEqual(bytes);
    }),
  );
});

test.each(['MZXW1', 'M', 'MZX', 'MZ', 'MZ==MY', 'Mé', '🔑'])('"%s" is no base 32', (text) => {
  expect(base32Decode(text)).toBeUndefined();
});
