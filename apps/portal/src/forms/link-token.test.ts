import { expect, test } from 'vitest';
import { tokenFromLink } from './link-token.ts';

const TOKEN = 'abcDEF123_-abcDEF123_-';

test.each([
  ['the whole link', `https://id.example.org/register/confirm#${TOKEN}`],
  ['the link with spaces around it', `  https://id.example.org/register/confirm#${TOKEN} \n`],
  [
    'the link broken over two lines by a mail program',
    `<https://id.example.org/register/confirm#abcDEF123_-\r\nabcDEF123_->`,
  ],
  ['the token alone', TOKEN],
  ['the hash of an address', `#${TOKEN}`],
])('%s gives the token', (_what, pasted) => {
  expect(tokenFromLink(pasted)).toBe(TOKEN);
});

test.each(['', 'https://id.example.org/register/confirm', 'https://id.example.org/x#short', 'hello there'])(
  '%j gives none',
  (pasted) => {
    expect(tokenFromLink(pasted)).toBeUndefined();
  },
);
