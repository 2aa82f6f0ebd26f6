import { expect, test } from 'vitest';
import { smsParts } from './sms-parts.ts';

test('the codes of the default alphabet (3GPP TS 23.038 §6.2.1)', () => {
  const { dataCoding, parts } = smsParts('@£ΔΞÆ !?¡AZÄ¿azà€[', 7);
  expect(dataCoding).toBe(0);
  expect([...(parts[0] ?? [])]).toEqual([
    0x00, 0x01, 0x10, 0x1a, 0x1c, 0x20, 0x21, 0x3f, 0x40, 0x41, 0x5a, 0x5b, 0x60, 0x61, 0x7a, 0x7f, 0x1b,
    0x65, 0x1b, 0x3c,
  ]);
});

test('160 characters are one message, 161 are two of 153 at most', () => {
  expect(smsParts('a'.repeat(160), 7)).toMatchObject({ hasHeader: false });
  const { parts, hasHeader } = smsParts('a'.repeat(161), 7);
  expect(hasHeader).toBe(true);
  expect(parts.map((part) => part.length)).toEqual([6 + 153, 6 + 8]);
  expect(parts.map((part) => [...part.subarray(0, 6)])).toEqual([
    [5, 0, 3, 7, 2, 1],
    [5, 0, 3, 7, 2, 2],
  ]);
});

test('neither a character of two places nor a pair of surrogates is cut in two', () => {
  const euros = smsParts(`${'a'.repeat(152)}${'€'.repeat(10)}`, 7).parts;
  expect(euros.map((part) => part.length - 6)).toEqual([152, 20]);
  const smiles = smsParts('a'.repeat(66) + '😀'.repeat(5), 7);
  expect(smiles.dataCoding).toBe(8);
  expect(smiles.parts.map((part) => (part.length - 6) / 2)).toEqual([66, 10]);
});
