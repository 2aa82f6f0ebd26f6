import { expect, test } from 'vitest';
import { readText } from './request.ts';

test('the first line is the question, each other one a label and a value', () => {
  const text = 'Sign in to Claims portal?\nBrowser\tChrome 128, Windows\nPlace\tItaly';
  expect(readText(text)).toEqual({
    question: 'Sign in to Claims portal?',
    facts: [
      { label: 'Browser', value: 'Chrome 128, Windows' },
      { label: 'Place', value: 'Italy' },
    ],
  });
});

test('[PUSH-4] whatever the text is, all of it is shown', () => {
  expect(readText('Remove Anna’s phone?\nIt can sign in no more\n\nName\tPhone\tof Anna')).toEqual({
    question: 'Remove Anna’s phone?',
    facts: [
      { label: '', value: 'It can sign in no more' },
      { label: 'Name', value: 'Phone\tof Anna' },
    ],
  });
  expect(readText('')).toEqual({ question: '', facts: [] });
});
