import { expect, test } from 'vitest';
import { isScanned } from './scanned.ts';

test('what was scanned or typed is taken from the history of the browser, and nothing else', () => {
  expect(isScanned({ issuer: 'https://id.example.org', id: 'abc' })).toBe(true);
  expect(isScanned({ code: '4F7K2M9QX' })).toBe(true);
  for (const other of [null, undefined, 'text', {}, { issuer: 'https://id.example.org' }, { id: 'abc' }])
    expect(isScanned(other)).toBe(false);
  expect(isScanned({ issuer: 'https://id.example.org', code: '4F7K2M9QX' })).toBe(false);
});
