import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from './languages.ts';

const ROOT = join(import.meta.dirname, '../../..');
const TEXTS = join(import.meta.dirname, '../translations');

const files = globSync(`${TEXTS}/it/*.json`)
  .map((path) => basename(path))
  .sort();
const textsOf = (language: string, file: string): Record<string, string> =>
  JSON.parse(readFileSync(join(TEXTS, language, file), 'utf8'));

test('every language has the same files', () => {
  for (const language of LANGUAGES) {
    expect(
      globSync(`${TEXTS}/${language}/*.json`)
        .map((path) => basename(path))
        .sort(),
    ).toEqual(files);
  }
  expect(files.length).toBeGreaterThan(20);
});

describe.each(files)('%s', (file) => {
  const italian = textsOf('it', file);
  const english = textsOf('en', file);
  const flow = basename(file, '.json');

  test('both languages have the same keys, named after the flow', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(italian).sort());
    // Mails and messages of all flows stand together.
    const named = flow === 'messages' ? /^[a-z-]+\.[a-z0-9_.-]+$/ : new RegExp(`^${flow}\\.[a-z0-9_-]+$`);
    for (const key of Object.keys(italian)) expect(key).toMatch(named);
  });

  test('no text is empty, and both languages say the same values', () => {
    for (const [key, text] of Object.entries(italian)) {
      expect(text.trim(), key).not.toBe('');
      expect(english[key]?.trim(), key).not.toBe('');
      expect(placeholders(english[key] ?? ''), key).toEqual(placeholders(text));
    }
  });

  test('no text calls anything "invalid"', () => {
    const blaming = /\binvalid|\bnon valid[oaie]\b/i;
    for (const text of [...Object.values(italian), ...Object.values(english)])
      expect(text).not.toMatch(blaming);
  });
});

describe('keys used by the pages', () => {
  const known = new Set(files.flatMap((file) => Object.keys(textsOf('it', file))));
  const pageFlows = files.map((file) => basename(file, '.json')).filter((flow) => flow !== 'messages');
  const used = keysInSources(pageFlows);

  test('every key written in the sources exists', () => {
    expect(used.whole.length).toBeGreaterThan(200);
    const missing = used.whole.filter((key) => !known.has(key) && !known.has(`${key}_other`));
    expect(missing).toEqual([]);
  });

  test('every key put together in the sources has candidates', () => {
    const barren = used.beginnings.filter((start) => ![...known].some((key) => key.startsWith(start)));
    expect(barren).toEqual([]);
  });

  test('every text of a page is used', () => {
    const unused = [...known]
      .filter((key) => pageFlows.some((flow) => key.startsWith(`${flow}.`)))
      // The menus of areas are put together by `AreaNav`.
      .filter((key) => !/^[a-z-]+\.nav(?:-|$)/.test(key))
      .filter((key) => !used.whole.includes(key.replace(/_(one|other)$/, '')))
      .filter((key) => !used.beginnings.some((start) => key.startsWith(start)));
    expect(unused).toEqual([]);
  });
});

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();
}

/** Keys in quotation marks as they are; of those put together, the part before the first value. */
function keysInSources(flows: string[]): { whole: string[]; beginnings: string[] } {
  const sources = globSync(`${ROOT}/{apps/portal,apps/authenticator,packages/ui}/src/**/*.{ts,tsx}`)
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const flow = `(?:${flows.join('|')})`;
  const whole = [...sources.matchAll(new RegExp(`['"\`](${flow}\\.[a-z0-9_-]+)['"\`]`, 'g'))];
  const begun = [...sources.matchAll(new RegExp(`\`(${flow}\\.[a-z0-9_-]*)\\$\\{`, 'g'))];
  // The menu of an area puts the area's name before those of its places.
  const menus = [...sources.matchAll(/ area="([a-z-]+)"/g)].map(([, area]) => `${area}.nav`);
  return {
    whole: [...new Set(whole.map(([, key]) => key ?? ''))],
    beginnings: [...new Set([...begun.map(([, start]) => start ?? ''), ...menus])],
  };
}
