import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsPage } from './settings-page.ts';

test('the reference of settings is what the sources declare; if not: node scripts/settings-reference.ts', () => {
  const committed = join(import.meta.dirname, '../../docs/operations/settings.md');
  expect(readFileSync(committed, 'utf8')).toBe(settingsPage());
});
