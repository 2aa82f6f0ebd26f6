import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Decode, base64Encode } from './base64.ts';
import { canonicalJson } from './canonical-json.ts';
import {
  base64urlDecode,
  base64urlEncode,
  hexDecode,
  hexEncode,
  lengthPrefixed,
  utf8Decode,
  utf8Encode,
} from './index.ts';

const bytes = fc.uint8Array({ maxLength: 80 });

test('base64, base64url and hexadecimal are what Node writes, and are read again', () => {
  fc.assert(
    fc.property(bytes, (input) => {
      expect(base64Encode(input)).toBe(Buffer.from(input).toString('base64'));
      expect(base64urlEncode(input)).toBe(Buffer.from(input).toString('base64url'));
      expect(hexEncode(input)).toBe(Buffer.from(input).toString('hex'));
      expect(base64Decode(base64Encode(input))).toEqual(input);
      expect(base64urlDecode(base64urlEncode(input))).toEqual(input);
      expect(hexDecode(hexEncode(input))).toEqual(input);
    }),
  );
});

test('no two texts are read as the same bytes', () => {
  fc.assert(
    fc.property(fc.base64String(), fc.string(), (base64, text) => {
      for (const candidate of [base64, base64.replace(/=+$/, ''), text]) {
        const standard = base64Decode(candidate);
        const forUrls = base64urlDecode(candidate);
        const digits = hexDecode(candidate);
        if (standard) expect(base64Encode(standard)).toBe(candidate);
        if (forUrls) expect(base64urlEncode(forUrls)).toBe(candidate);
        if (digits) expect(hexEncode(digits)).toBe(candidate);
      }
    }),
  );
});

test.each(['Zg==', 'Zh', 'A', 'Zm9v\n', 'Zm+v', ' Zm9v'])('"%s" is no base64url', (text) => {
  expect(base64urlDecode(text)).toBeUndefined();
});

test('bytes that are no UTF-8 are no text; a byte order mark stays', () => {
  expect(utf8Decode(Uint8Array.of(0xc3, 0x28))).toBeUndefined();
  expect(utf8Decode(utf8Encode('\ufeffè'))).toBe('\ufeffè');
});

test('parts are told apart by their lengths', () => {
  expect(hexEncode(lengthPrefixed('ab', Uint8Array.of(1), ''))).toBe('0000000261620000000101' + '00000000');
  const parts = fc.array(fc.string(), { maxLength: 4 });
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const isSame = hexEncode(lengthPrefixed(...a)) === hexEncode(lengthPrefixed(...b));
      expect(isSame).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
  );
});

test('canonical JSON orders members and leaves no space (RFC 8785 §3.2)', () => {
  expect(canonicalJson({ b: 1, a: { d: null, c: '€"\\' } })).toBe('{"a":{"c":"€\\"\\\\","d":null},"b":1}');
});
