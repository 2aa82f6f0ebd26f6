import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldEmailAddress, maskEmailAddress, parseEmailAddress } from './email-address.ts';

const fold = (text: string) => {
  const address = parseEmailAddress(text);
  return address === undefined ? undefined : foldEmailAddress(address);
};

test.each([
  ['anna@example.org', 'anna@example.org'],
  ['  Anna.Rossi+spid@Example.ORG\n', 'Anna.Rossi+spid@example.org'],
  ["o'neil_%x@a-b.example.co.uk", "o'neil_%x@a-b.example.co.uk"],
  ['anna@città.it', 'anna@xn--citt-3na.it'],
  ['anna@例え.テスト', 'anna@xn--r8jz45g.xn--zckzah'],
  ['nicolò@example.org', 'nicolò@example.org'],
  ['nicolo\u0300@example.org', 'nicolò@example.org'],
  [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
])('"%s" is written to as %s', (text, address) => {
  expect(parseEmailAddress(text)).toBe(address);
});

test.each([
  '',
  'anna',
  '@example.org',
  'anna@',
  'anna@localhost',
  'anna@example',
  'anna@example.1',
  'anna@127.0.0.1',
  'anna@2130706433',
  'anna@[127.0.0.1]',
  'anna@-example.org',
  'anna@example-.org',
  'anna@exa_mple.org',
  'anna@exa%6dple.org',
  'anna@example..org',
  'anna@example.org.',
  'anna@example.org/x',
  '.anna@example.org',
  'anna.@example.org',
  'an..na@example.org',
  'an na@example.org',
  '"anna"@example.org',
  'Anna <anna@example.org>',
  'anna@example.org,bob@example.org',
  'anna@bob@example.org',
  'anna@example.org\r\nBcc: bob@example.org',
  `${'a'.repeat(65)}@example.org`,
  `${'à'.repeat(33)}@example.org`,
  `anna@${'a'.repeat(64)}.org`,
  `anna@${`${'a'.repeat(60)}.`.repeat(4)}example.org`,
  `anna@${'a.'.repeat(2000)}org`,
])('%j is refused', (text) => {
  expect(parseEmailAddress(text)).toBeUndefined();
});

test.each([
  ['control', '\u0000'],
  ['control', '\u007f'],
  ['control', '\u0085'],
  ['bidirectional', '\u202e'],
  ['bidirectional', '\u2066'],
  ['bidirectional', '\u061c'],
  ['zero-width', '\u200b'],
  ['zero-width', '\u200d'],
  ['zero-width', '\ufeff'],
  ['soft hyphen', '\u00ad'],
  ['half a surrogate pair', '\ud800'],
])('a %s character is refused on either side', (_, character) => {
  expect(parseEmailAddress(`an${character}na@example.org`)).toBeUndefined();
  expect(parseEmailAddress(`anna@exam${character}ple.org`)).toBeUndefined();
});

test('case and composition do not tell logins apart', () => {
  expect(fold('Anna@Example.Org')).toBe(fold('anna@example.org'));
  expect(fold('NICOLO\u0300@example.org')).toBe(fold('nicolò@example.org'));
  expect(fold('anna@CITTÀ.it')).toBe(fold('anna@xn--citt-3na.it'));
});

test('what was parsed or folded once stays as it is', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (text) => {
      const address = parseEmailAddress(text);
      if (address === undefined) return;
      expect(parseEmailAddress(address)).toBe(address);
      expect(fold(foldEmailAddress(address))).toBe(foldEmailAddress(address));
    }),
  );
});

test('a masked address shows its first character and its domain, never its length', () => {
  expect(maskEmailAddress('anna.rossi@example.org')).toBe('a•••@example.org');
  expect(maskEmailAddress('a@example.org')).toBe('a•••@example.org');
  expect(maskEmailAddress('𝒜nna@example.org')).toBe('𝒜•••@example.org');
});
