import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  base64urlEncode,
  newTypedCode,
  PAIRING_CODE,
  type QrContent,
  randomBytes,
  readQr,
  writeQr,
} from './index.ts';

const APP = 'https://app.example.org';
const issuer = 'https://id.example.org:8443';
const id = base64urlEncode(new Uint8Array(16).fill(255));
const signIn: QrContent = { kind: 'sign-in', issuer, id };
const pairing: QrContent = {
  kind: 'pair',
  issuer,
  code: newTypedCode(PAIRING_CODE),
  issuerKey: base64urlEncode(randomBytes(32)),
};

test('[QR-1] a sign-in code is an address of the app with everything behind the hash sign', () => {
  const text = writeQr(APP, signIn);
  expect(text).toBe(
    'https://app.example.org/#do=sign-in&v=1&issuer=https%3A%2F%2Fid.example.org%3A8443&id=_____________________w',
  );
  expect(new URL(text).pathname + new URL(text).search).toBe('/');
});

test('what is written is read again, by the app of that origin only', () => {
  for (const content of [signIn, pairing]) {
    const text = writeQr(APP, content);
    expect(readQr(APP, text)).toEqual(content);
    expect(readQr('https://app.example.com', text)).toBeUndefined();
    expect(readQr('https://app.example.org.evil.example', text)).toBeUndefined();
  }
});

test('[QR-1] an identifier has at least 128 bits', () => {
  expect(() => writeQr(APP, { ...signIn, id: base64urlEncode(new Uint8Array(15)) })).toThrow(RangeError);
});

test('[QR-5] a pairing code that is short, or fails its check, is neither written nor read', () => {
  const text = writeQr(APP, pairing);
  const broken = (pairing.code.startsWith('A') ? 'B' : 'A') + pairing.code.slice(1);
  for (const code of [pairing.code.slice(1), '', broken]) {
    expect(() => writeQr(APP, { ...pairing, code })).toThrow(RangeError);
    expect(readQr(APP, text.replace(pairing.code, code))).toBeUndefined();
  }
});

test.each([
  ['another version', (t: string) => t.replace('v=1', 'v=2')],
  ['another path', (t: string) => t.replace('/#', '/x#')],
  ['a query', (t: string) => t.replace('/#', '/?#')],
  ['a part more', (t: string) => `${t}&x=1`],
  ['a part twice', (t: string) => `${t}&id=${id}`],
  ['parts in another order', (t: string) => t.replace('do=sign-in&v=1', 'v=1&do=sign-in')],
  ['an issuer with a path', (t: string) => t.replace('8443', '8443%2Fx')],
  ['an issuer with a user', (t: string) => t.replace('%2F%2Fid', '%2F%2Fa%40id')],
  ['an issuer in capitals', (t: string) => t.replace('example.org%3A', 'EXAMPLE.org%3A')],
  [
    'an issuer that is a script',
    (t: string) => t.replace('https%3A%2F%2Fid.example.org%3A8443', 'javascript%3A1'),
  ],
  ['percent signs that encode nothing', (t: string) => t.replace('%3A8443', '%8443')],
  ['needless percent signs', (t: string) => t.replace('id.example', '%69d.example')],
  ['white space', (t: string) => `${t} `],
  ['a padded identifier', (t: string) => `${t}==`],
])('%s is not read', (_what, change) => {
  const text = writeQr(APP, signIn);
  expect(change(text)).not.toBe(text);
  expect(readQr(APP, change(text))).toBeUndefined();
});

test.each(['', 'otpauth://totp/a?secret=JBSWY3DP', 'https://app.example.org/', 'WIFI:S:x;;'])(
  '"%s" is none of ours',
  (text) => {
    expect(readQr(APP, text)).toBeUndefined();
  },
);

test('whatever is scanned, nothing throws, and what is read is written the same', () => {
  const text = writeQr(APP, pairing);
  const changed = fc
    .tuple(fc.nat(text.length), fc.string({ maxLength: 3 }))
    .map(([at, piece]) => text.slice(0, at) + piece + text.slice(at + 1));
  const fragment = fc.string({ unit: 'binary' }).map((end) => `${APP}/#do=pair&v=1&issuer=${end}`);
  fc.assert(
    fc.property(fc.oneof(changed, fragment, fc.string()), (scanned) => {
      const content = readQr(APP, scanned);
      if (content) expect(writeQr(APP, content)).toBe(scanned);
    }),
    { numRuns: 500 },
  );
});
