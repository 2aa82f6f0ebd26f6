import { newTypedCode, PAIRING_CODE, writeQr } from '@sigillo/device-protocol';
import { otpauthUri } from '@sigillo/otp';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recognise, recogniseFirst } from './recognise.ts';

const APP = 'https://app.example.org';
const uri = otpauthUri({ issuer: 'Posta', account: 'anna', seed: new Uint8Array(20).fill(7) });

test('a key is recognised, with the spaces that a copy brings along', () => {
  expect(recognise(`  ${uri}\n`, APP)).toMatchObject({
    kind: 'keys',
    found: { keys: [{ issuer: 'Posta' }] },
  });
});

test('of several codes in one picture the one that is a key is taken', () => {
  expect(recogniseFirst(['https://example.org', uri], APP)).toMatchObject({ kind: 'keys' });
  expect(recogniseFirst(['https://example.org'], APP)).toEqual({ kind: 'unknown' });
  expect(recogniseFirst([], APP)).toBeUndefined();
});

test('whatever a picture says, reading it does not throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(recognise(text, APP)).toEqual({ kind: 'unknown' });
    }),
  );
});

test('a code of ours is recognised, for this app alone', () => {
  const content = {
    kind: 'pair',
    issuer: 'https://id.example.org',
    code: newTypedCode(PAIRING_CODE),
    issuerKey: 'A'.repeat(43),
  } as const;
  const text = writeQr(APP, content);
  expect(recogniseFirst(['https://example.org', text], APP)).toEqual({ kind: 'ours', content });
  expect(recognise(text, 'https://other.example.org')).toEqual({ kind: 'unknown' });
});
