import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCommonPasswords, PREFIX_BYTES } from './common-passwords.ts';

const file = readFileSync(new URL('common-passwords.bin', import.meta.url));
const common = loadCommonPasswords();

test('[PW-3] the list has at least 100,000 passwords, each once and in order', () => {
  expect(common.size).toBeGreaterThan(100_000);
  expect(file.length % PREFIX_BYTES).toBe(0);
  let previous = -1;
  for (let at = 0; at < file.length; at += PREFIX_BYTES) {
    const prefix = file.readUIntBE(at, PREFIX_BYTES);
    if (prefix <= previous) throw new Error(`out of order at ${at}`);
    previous = prefix;
  }
});

test('fewer than one good password in a million is mistaken for a listed one', () => {
  expect(common.size / 2 ** (8 * PREFIX_BYTES)).toBeLessThan(1e-6);
  const random = Array.from({ length: 20_000 }, () => crypto.randomUUID());
  // Of so many one is mistaken in every fiftieth run; three in none that anybody will see.
  expect(random.filter(common.has).length).toBeLessThan(3);
});

test('the first and the last entry are found', () => {
  // The two listed passwords whose hashes are lowest and highest.
  expect(common.has('katrinakaif')).toBe(true);
  expect(common.has('wombat35')).toBe(true);
});

test('case and composition do not hide a listed password', () => {
  expect(common.has('PassWord')).toBe(true);
  expect(common.has('attivita\u0300')).toBe(true);
});

test('loading is cheap', () => {
  const startMs = performance.now();
  loadCommonPasswords();
  expect(performance.now() - startMs).toBeLessThan(50);
  expect(file.length).toBeLessThan(10 * 1024 * 1024);
});
