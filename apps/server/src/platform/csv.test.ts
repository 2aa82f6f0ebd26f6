import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test.each([
  '=1+1',
  '+39 333',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '＝1+1',
  '=HYPERLINK("https://evil.example","x")',
])('[WEB-6] %j is no formula in a spreadsheet', (text) => {
  expect(csvLine([text])).toBe(`"'${text.replaceAll('"', '""')}"\r\n`);
});

test('[WEB-6] quotes, commas and line breaks stay inside their cell (RFC 4180)', () => {
  expect(csvLine(['a "b"', 'c,d', 'e\r\nf', 7])).toBe('"a ""b""","c,d","e\r\nf",7\r\n');
});

test('what is no formula stays as it is, a negative number too', () => {
  expect(csvLine(['Firefox', '2026-11-22T10:00:00.000Z', '', -1])).toBe(
    '"Firefox","2026-11-22T10:00:00.000Z","",-1\r\n',
  );
});
