import { otpauthUri } from '@sigillo/otp';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recognise, recogniseFirst } from './recognise.ts';

const uri = otpauthUri({ issuer: 'Posta', account: 'anna', seed: new Uint8Array(20).fill(7) });

test('a key is recognised, with the spaces that a copy brings along', () => {
  expect(recognise(`  ${uri}\n`)).toMatchObject({ kind: 'keys', found: { keys: [{ issuer: 'Posta' }] } });
});

test('of several codes in one picture the one that is a key is taken', () => {
  expect(recogniseFirst(['https://example.org', uri])).toMatchObject({ kind: 'keys' });
  expect(recogniseFirst(['https://example.org'])).toEqual({ kind: 'unknown' });
  expect(recogniseFirst([])).toBeUndefined();
});

test('whatever a picture says, reading it does not throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(recognise(text)).toEqual({ kind: 'unknown' });
    }),
  );
});
