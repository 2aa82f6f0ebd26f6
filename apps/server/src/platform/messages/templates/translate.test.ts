import english from '@sigillo/ui/translations/en/messages.json' with { type: 'json' };
import italian from '@sigillo/ui/translations/it/messages.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { translator } from './translate.ts';

test('Italian and English have the same texts, with the same placeholders', () => {
  const placeholders = (text = '') => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();
  const [en, it] = [new Map(Object.entries(english)), new Map(Object.entries(italian))];
  expect([...it.keys()]).toEqual([...en.keys()]);
  for (const [key, text] of en) {
    expect(text.trim()).not.toBe('');
    expect(placeholders(it.get(key)), key).toEqual(placeholders(text));
  }
});

test('a text that does not exist is an error, not its key', () => {
  expect(() => translator('it')('password-reset.nothing')).toThrow('No it text for password-reset.nothing');
});
