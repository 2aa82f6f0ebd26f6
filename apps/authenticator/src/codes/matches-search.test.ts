import { expect, test } from 'vitest';
import { matchesSearch } from './matches-search.ts';

const names = { issuer: 'Società Elettrica', account: 'anna.rossi@example.org' };

test.each(['', 'societa', 'ELETTRICA anna', 'example.org', ' rossi  società '])('"%s" finds it', (typed) => {
  expect(matchesSearch(names, typed)).toBe(true);
});

test.each(['gas', 'anna gas', 'rossi.anna'])('"%s" does not', (typed) => {
  expect(matchesSearch(names, typed)).toBe(false);
});
