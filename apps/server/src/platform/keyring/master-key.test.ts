import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newSecret } from '../ids.ts';
import { StartRefused } from '../start-refused.ts';
import { readMasterKeys } from './master-key.ts';

let dataDirectory: string;
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'sigillo-key-'));
});
afterEach(() => rmSync(dataDirectory, { recursive: true }));

const goodKey = () => newSecret().toString('base64url');
const production = (more: object) => readMasterKeys({ profile: 'production', dataDirectory, ...more });

test('[CRY-3] production does not start without a master key and makes none', () => {
  expect(() => production({})).toThrow(StartRefused);
  expect(() => statSync(join(dataDirectory, 'master.key'))).toThrow();
});

test.each([
  ['too short', Buffer.from('short').toString('base64url')],
  ['thirty-one bytes', newSecret(31).toString('base64url')],
  ['thirty-three bytes', newSecret(33).toString('base64url')],
  ['not base64url', 'correct horse battery staple, and more words'],
  ['empty', ''],
  ['equal bytes', Buffer.alloc(32, 0x5a).toString('base64url')],
  ['zeros', Buffer.alloc(32).toString('base64url')],
  ['counting bytes', Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64url')],
  ['counting down', Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i)).toString('base64url')],
  [
    'a repeated word',
    Buffer.from('\x01\xc3\x9fab'.repeat(8), 'latin1').subarray(0, 32).toString('base64url'),
  ],
  ['text', Buffer.from('change-me-please-change-me-now!!').toString('base64url')],
])('[CRY-3] a weak master key is refused: %s', (_name, masterKey) => {
  expect(() => production({ masterKey })).toThrow(StartRefused);
  expect(() => readMasterKeys({ profile: 'development', dataDirectory, masterKey })).toThrow(StartRefused);
});

test('[CRY-3] the refusal does not repeat the key', () => {
  const masterKey = Buffer.from('change-me-please-change-me-now!!').toString('base64url');
  expect(() => production({ masterKey })).not.toThrow(masterKey);
});

test('[CRY-3] production refuses a key file that others can read', () => {
  const masterKeyFile = join(dataDirectory, 'kek');
  writeFileSync(masterKeyFile, `${goodKey()}\n`);
  for (const mode of [0o640, 0o604, 0o660, 0o644]) {
    chmodSync(masterKeyFile, mode);
    expect(() => production({ masterKeyFile })).toThrow(/chmod 600/);
  }
  chmodSync(masterKeyFile, 0o400);
  expect(production({ masterKeyFile }).current.id).toMatch(/^[0-9a-f]{16}$/);
});

test('a key is given as a value or as a file, with or without the one before it', () => {
  const [masterKey, previousMasterKey] = [goodKey(), goodKey()];
  const { current, previous } = production({ masterKey, previousMasterKey });
  expect(current.id).not.toBe(previous?.id);
  expect(() => production({ masterKey, masterKeyFile: '/nowhere' })).toThrow(/not both/);
  expect(() => production({ masterKeyFile: join(dataDirectory, 'none') })).toThrow(/SIGILLO_MASTER_KEY_FILE/);
});

test('development makes a key once, for its owner alone', () => {
  const read = () => readMasterKeys({ profile: 'development', dataDirectory: join(dataDirectory, 'data') });
  const { current, previous } = read();
  expect(previous).toBeUndefined();
  expect(read().current.id).toBe(current.id);
  const file = join(dataDirectory, 'data', 'master.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Buffer.from(readFileSync(file, 'utf8'), 'base64url')).toHaveLength(32);
});
