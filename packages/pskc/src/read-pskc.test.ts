import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type ContainerSecret, readPskc } from './index.ts';

const NOW_MS = Date.UTC(2026, 0, 1);
const figure = (number: number): string =>
  readFileSync(new URL(`../vectors/rfc6030-figure${number}.xml`, import.meta.url), 'utf8');
const read = (text: string, secret?: ContainerSecret, nowMs = NOW_MS) =>
  readPskc(new TextEncoder().encode(text), nowMs, secret);
const fromHex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

const KEY = { key: fromHex('12345678901234567890123456789012') };
const PASSWORD = { password: 'qwerty' };
const SEED = new TextEncoder().encode('12345678901234567890');
const TOKEN = {
  serial: '987654321',
  kind: 'hotp',
  seed: SEED,
  algorithm: 'SHA-1',
  digits: 8,
  stepSeconds: 30,
  counter: 0,
};

/** Why a file is refused, in one line. */
async function refusal(text: string, secret?: ContainerSecret, nowMs?: number): Promise<string> {
  const { tokens, faults } = await read(text, secret, nowMs);
  expect(tokens).toEqual([]);
  return faults.map(({ where, reason }) => `${where}: ${reason}`).join('; ');
}

test('RFC 6030, figure 5: a token in clear; its own PIN is nothing of ours', async () => {
  expect(await read(figure(5))).toEqual({ tokens: [TOKEN], faults: [] });
});

test('RFC 6030, figure 6: encrypted with a key that was agreed on', async () => {
  expect(await read(figure(6), KEY)).toEqual({ tokens: [TOKEN], faults: [] });
});

test('RFC 6030, figure 7: encrypted with a password', async () => {
  expect(await read(figure(7), PASSWORD)).toEqual({ tokens: [TOKEN], faults: [] });
});

test('RFC 6030, figure 10: many tokens, each as long as it lasts; a serial number twice is told', async () => {
  const { tokens, faults } = await read(figure(10), undefined, Date.UTC(2006, 2, 15));
  expect(tokens.map(({ serial }) => serial)).toEqual(['654321', '123456', '9999999']);
  expect(faults).toEqual([{ where: 'key 4', reason: '9999999 is in the file twice' }]);
  expect(await refusal(figure(10))).toMatch(/^key 1: it is over since 2006-05-31.*key 4: it is over/);
});

test('RFC 6030, figure 2: a key of 32 bits that says nothing of its codes is refused', async () => {
  expect(await refusal(figure(2))).toBe('key 12345678: its codes are no decimal digits');
  const withDigits = figure(5).replace('MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=', 'MTIzNA==');
  expect(await refusal(withDigits)).toMatch(/a seed has 16 to 128 bytes, this one 4/);
});

test('a time-based token, with its hash and its period', async () => {
  const text = figure(5)
    .replace('pskc:hotp', 'pskc:totp')
    .replace('<ResponseFormat', '<Suite>HMAC-SHA256</Suite><ResponseFormat')
    .replace(
      '<Counter><PlainValue>0</PlainValue></Counter>',
      '<Time><PlainValue>0</PlainValue></Time><TimeInterval><PlainValue>60</PlainValue></TimeInterval>',
    );
  const expected = { ...TOKEN, kind: 'totp', algorithm: 'SHA-256', stepSeconds: 60 };
  expect(await read(text)).toEqual({ tokens: [expected], faults: [] });
});

test('a key of 256 bits, padding of random bytes, and a MAC by the encryption key itself', async () => {
  const raw = fromHex('00112233445566778899aabbccddeeff'.repeat(2));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-CBC', false, ['encrypt']);
  const iv = fromHex('0f0e0d0c0b0a09080706050403020100');
  // The last block is ours, with padding as XML Encryption allows and PKCS #7 does not; the library's is cut off.
  const padded = Uint8Array.from([...SEED, ...fromHex('a1b2c3d4e5f60718293a4b0c')]);
  const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, padded)).slice(0, 32);
  const cipher = Uint8Array.from([...iv, ...body]);
  const hmac = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = Buffer.from(await crypto.subtle.sign('HMAC', hmac, cipher)).toString('base64');
  const text = figure(6)
    .replaceAll('aes128', 'aes256')
    .replace('2000/09/xmldsig#hmac-sha1', '2001/04/xmldsig-more#hmac-sha256')
    .replace(/<MACKey>[\s\S]*<\/MACKey>/, '')
    .replace(/AAECAw\S+/, Buffer.from(cipher).toString('base64'))
    .replace('Su+NvtQfmvfJzF6bmQiJqoLRExc=', mac);
  expect(await read(text, { key: raw })).toEqual({ tokens: [TOKEN], faults: [] });
});

const MAC_FAULT = /its MAC does not fit/;
const changed = (text: string, from: string, to: string) => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

test('a wrong password, a wrong key, and none', async () => {
  expect(await refusal(figure(7), { password: 'qwertz' })).toMatch(
    /MAC does not fit|password or key is wrong/,
  );
  const off = { key: fromHex('12345678901234567890123456789013') };
  expect(await refusal(figure(6), off)).toMatch(/MAC does not fit|password or key is wrong/);
  expect(await refusal(figure(6), { key: KEY.key.slice(0, 8) })).toMatch(/8 bytes where 16 are needed/);
  expect(await refusal(figure(6))).toBe('file: the file is encrypted: its password or its key is needed');
  expect(await refusal(figure(6), PASSWORD)).toMatch(/with a key, not with a password/);
  expect(await refusal(figure(7), KEY)).toMatch(/with a password, not with a key/);
});

test('one changed character of the value, of its vector or of its MAC is found before anything is decrypted', async () => {
  for (const [from, to] of [
    ['IUqGv', 'IUqGw'],
    ['AAECAw', 'AQECAw'],
    ['Su+Nvt', 'Sv+Nvt'],
    ['ESIzRF', 'FSIzRF'],
  ] as const)
    expect(await refusal(changed(figure(6), from, to), KEY), from).toMatch(MAC_FAULT);
});

test('what is encrypted without a MAC is refused, and so is what is in clear among it', async () => {
  const noMac = figure(6).replace(/<ValueMAC>[\s\S]*<\/ValueMAC>/, '');
  expect(await refusal(noMac, KEY)).toMatch(/encrypted without a MAC/);
  const noMethod = figure(6).replace(/<MACMethod[\s\S]*<\/MACMethod>/, '');
  expect(await refusal(noMethod, KEY)).toMatch(/no way to find out whether it was changed/);
  const clear = figure(6).replace(
    /<EncryptedValue>[\s\S]*<\/ValueMAC>/,
    '<PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue>',
  );
  expect(await refusal(clear, KEY)).toMatch(/in clear in a file that is encrypted/);
  const noKey = figure(6).replace(/<EncryptionKey>[\s\S]*<\/EncryptionKey>/, '');
  expect(await refusal(noKey, KEY)).toMatch(/the file names no key/);
});

test.each([
  [6, 'xmlenc#aes128-cbc', 'xmlenc#tripledes-cbc', /the encryption .* is not known/],
  [6, 'hmac-sha1', 'hmac-md5', /the MAC algorithm .* is not known/],
  [7, '#pbkdf2', '#pbkdf1', /derived from the password is not known/],
  [7, '>1000<', '>100000000<', /hashed 1 to/],
  [7, '>16<', '>8<', /16, 24 or 32 bytes/],
  [5, 'pskc:hotp', 'pskc:ocra', /the algorithm .*ocra is not known/],
  [5, '<KeyUsage>OTP', '<KeyUsage>CR', /not meant for one-time codes/],
  [5, 'PINUsageMode="Local"', 'PINUsageMode="Append"', /PIN to be checked here/],
  [5, '<KeyUsage>OTP</KeyUsage>', '<Unheard/>', /policy has Unheard/],
  [5, 'Length="8"', 'Length="10"', /6 to 8 digits/],
  [5, 'Encoding="DECIMAL"', 'Encoding="HEXADECIMAL"', /no decimal digits/],
  [5, 'Length="8"', 'CheckDigits="true" Length="8"', /check digit/],
  [5, '<PlainValue>0', '<PlainValue>-1', /Counter is not a whole number/],
  [5, 'MTIzNDU2Nzg5', 'MTIz%DU2Nzg5', /base 64 is missing or damaged/],
  [5, '<SerialNo>987654321', '<SerialNo>987/654', /1 to 32 letters and digits/],
  [5, 'Version="1.0"', 'Version="2.0"', /another version/],
  [5, 'keyprov:pskc"', 'keyprov:other"', /no key container/],
])('figure %i with %s as %s is refused', async (number, from, to, reason) => {
  const secret = number === 6 ? KEY : number === 7 ? PASSWORD : undefined;
  expect(await refusal(changed(figure(number), from, to), secret)).toMatch(reason);
});

test.each([
  ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;'],
  ['entities that grow', '<!DOCTYPE a [<!ENTITY x "yy"><!ENTITY z "&x;&x;">]>', '&z;'],
  ['an external subset', '<!DOCTYPE KeyContainer SYSTEM "http://127.0.0.1/a.dtd">', ''],
])('%s is refused unread', async (_, declaration, use) => {
  const text = figure(5)
    .replace('<KeyContainer', `${declaration}<KeyContainer`)
    .replace('>Issuer<', `>${use}<`);
  expect(await refusal(text)).toMatch(/declares a document type/);
});

test('what is not well-formed, not UTF-8, too deep or empty is refused', async () => {
  expect(await refusal('')).toMatch(/not well-formed/);
  expect(await refusal(figure(5).slice(0, -10))).toMatch(/not well-formed/);
  expect(await refusal(figure(5).replace('>Issuer<', '>&undeclared;<'))).toMatch(/not well-formed/);
  const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
  expect(await refusal(deep)).toMatch(/nested too deeply/);
  const { faults } = await readPskc(Uint8Array.of(0xff, 0xfe, 0x3c, 0x00), NOW_MS);
  expect(faults).toEqual([{ where: 'file', reason: 'the file is not UTF-8' }]);
  expect(await refusal('<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"/>')).toMatch(
    /holds no token/,
  );
});
