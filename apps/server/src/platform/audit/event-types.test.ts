import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AUDIT_EVENT_TYPES } from './event-types.ts';

const TEXTS = join(import.meta.dirname, '../../../../../packages/ui/translations');
const PREFIX = 'audit.type-';
/** What is no event: words for one that is not known. */
const OTHER = ['other'];

const wordsIn = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(TEXTS, language, 'audit.json'), 'utf8'));

describe.each(['it', 'en'])('in %s', (language) => {
  const words = wordsIn(language);
  const named = Object.keys(words).filter((key) => key.startsWith(PREFIX));

  test('every type of event has its words, and no words are of an event that is never recorded', () => {
    const types = named.map((key) => key.slice(PREFIX.length)).filter((type) => !OTHER.includes(type));
    expect(types.sort()).toEqual([...AUDIT_EVENT_TYPES].sort());
  });

  test('no two types are called the same', () => {
    const said = named.map((key) => words[key]);
    expect(new Set(said).size).toBe(said.length);
  });
});
