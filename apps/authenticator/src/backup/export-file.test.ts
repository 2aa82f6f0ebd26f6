import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import type { ReadOtpauthKey } from '@sigillo/otp';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type ImportFault, openExport, readSealedExport, writeExport } from './export-file.ts';

const KEYS: ReadOtpauthKey[] = [
  {
    type: 'totp',
    issuer: 'Città',
    account: 'anna',
    seed: new Uint8Array(20).fill(9),
    digits: 8,
    algorithm: 'SHA-512',
    stepSeconds: 60,
  },
  {
    type: 'hotp',
    issuer: '',
    account: 'b',
    seed: new Uint8Array(10).fill(3),
    digits: 6,
    algorithm: 'SHA-1',
    counter: 5,
  },
];
const PASSPHRASE = 'tre gatti è un però';

let file: string;
let parsed: Record<string, string | number>;
beforeAll(async () => {
  file = await writeExport(KEYS, PASSPHRASE);
  parsed = JSON.parse(file);
});

const withChange = (change: object) => JSON.stringify({ ...parsed, ...change });
const refusal = async (text: string, passphrase = PASSPHRASE): Promise<ImportFault | 'none'> => {
  try {
    await openExport(readSealedExport(text), passphrase);
    return 'none';
  } catch (error) {
    return (error as { fault: ImportFault }).fault;
  }
};

test('what was exported is imported, with the passphrase in another form of Unicode', async () => {
  expect(await openExport(readSealedExport(file), PASSPHRASE.normalize('NFD'))).toEqual(KEYS);
});

test('another implementation opens it as the documentation says', () => {
  const bytes = (name: string) => Buffer.from(String(parsed[name]), 'base64');
  const key = pbkdf2Sync(
    PASSPHRASE.normalize('NFKC'),
    bytes('salt'),
    Number(parsed.iterations),
    32,
    'sha256',
  );
  const decipher = createDecipheriv('aes-256-gcm', key, bytes('iv'));
  decipher.setAAD(
    Buffer.from(`sigillo-authenticator-export|1|${parsed.iterations}|${parsed.salt}|${parsed.iv}`),
  );
  decipher.setAuthTag(bytes('data').subarray(-16));
  const content = Buffer.concat([decipher.update(bytes('data').subarray(0, -16)), decipher.final()]);
  expect(JSON.parse(content.toString()).accounts[1]).toEqual({
    type: 'hotp',
    issuer: '',
    account: 'b',
    digits: 6,
    algorithm: 'SHA-1',
    counter: 5,
    secret: 'AMBQGAYDAMBQGAYD',
  });
  expect(parsed.iterations).toBeGreaterThanOrEqual(600_000);
});

test('the secrets are not in the file, and no two files are alike', async () => {
  expect(file).not.toMatch(/AMBQGAYD|Citt|anna/);
  const other = JSON.parse(await writeExport(KEYS, PASSPHRASE));
  for (const name of ['salt', 'iv', 'data']) expect(other[name]).not.toBe(parsed[name]);
});

test('a wrong passphrase and one changed byte are refused', async () => {
  expect(await refusal(file, 'tre gatti e un pero')).toBe('wrong-passphrase');
  const data = Buffer.from(String(parsed.data), 'base64');
  data[3]! ^= 1;
  expect(await refusal(withChange({ data: data.toString('base64') }))).toBe('wrong-passphrase');
  expect(await refusal(withChange({ iterations: 600_001 }))).toBe('wrong-passphrase');
});

test.each<[string, object, ImportFault]>([
  ['another format', { format: 'other' }, 'not-ours'],
  ['a later version', { version: 2 }, 'newer'],
  ['too few rounds', { iterations: 1000 }, 'damaged'],
  ['so many rounds that it would not end', { iterations: 4e9 }, 'damaged'],
  ['a short salt', { salt: 'AAAA' }, 'damaged'],
  ['no data', { data: '' }, 'damaged'],
  ['a number for data', { data: 7 }, 'damaged'],
])('%s is told', async (_, change, fault) => {
  expect(await refusal(withChange(change))).toBe(fault);
});

test('a file that is too large is not even parsed', async () => {
  expect(await refusal(' '.repeat(1024 * 1024 + 1))).toBe('too-large');
});

test('whatever a file holds, it is refused with a reason', () => {
  const json = fc.json().filter((text) => !text.includes('sigillo-authenticator'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), json), (text) => {
      expect(() => readSealedExport(text)).toThrow('not-ours');
    }),
  );
});
