import { expect, test } from 'vitest';
import { queryString } from './query-string.ts';

test('only what is there is written, and written safely', () => {
  expect(queryString({ interaction: 'a b&c', returnTo: null, ended: undefined })).toBe(
    '?interaction=a+b%26c',
  );
  expect(queryString({ interaction: null, ended: '' })).toBe('');
});
