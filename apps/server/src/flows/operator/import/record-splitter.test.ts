import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_RECORD_BYTES } from './held-bytes.ts';
import { recordSplitter } from './record-splitter.ts';

/** The records of a text that arrives in pieces of these lengths, the last one repeated. */
function split(
  text: string | Buffer,
  lengths: number[] = [1 << 20],
): { line: number; text: string | undefined }[] {
  const splitter = recordSplitter();
  const bytes = Buffer.from(text);
  const records = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[Math.min(i, lengths.length - 1)] ?? 1;
    records.push(...splitter.push(bytes.subarray(at, at + length)));
    at += length;
  }
  records.push(...splitter.end());
  return records.map(({ line, bytes: found }) => ({ line, text: found?.toString().trim() }));
}

const anyPieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
const anyRecords = fc.array(fc.oneof(fc.object(), fc.json().map(JSON.parse), fc.string({ unit: 'binary' })), {
  minLength: 1,
});
const quoted = (values: unknown[]) => values.map((value) => JSON.stringify(value));

test('an array is cut into its elements, whatever they are and however the file is read', () => {
  fc.assert(
    fc.property(anyRecords, anyPieces, fc.constantFrom('', ' ', '\n', '\r\n\t'), (values, pieces, space) => {
      const file = `${space}[${space}${quoted(values).join(`${space},${space}`)}${space}]${space}`;
      expect(split(file, pieces).map(({ text }) => text)).toEqual(quoted(values));
    }),
  );
});

test('lines are cut with their numbers, whatever they are and however the file is read', () => {
  fc.assert(
    fc.property(
      fc.array(fc.object(), { minLength: 1 }),
      anyPieces,
      fc.constantFrom('\n', '\r\n'),
      (values, pieces, end) => {
        const file = quoted(values).join(end);
        expect(split(file, pieces)).toEqual(quoted(values).map((text, index) => ({ line: index + 1, text })));
      },
    ),
  );
});

test('a broken line spoils itself alone', () => {
  expect(split('{"a":1}\n{"b":"\n\n{"c":3}\n')).toEqual([
    { line: 1, text: '{"a":1}' },
    { line: 2, text: '{"b":"' },
    { line: 4, text: '{"c":3}' },
  ]);
});

test('a broken element spoils itself alone while its end can be told', () => {
  const file = '[\n {"a":1},\n {"b":}},\n , nonsense,\n {"c":"x,]"}\n]\n';
  expect(split(file)).toEqual([
    { line: 2, text: '{"a":1}' },
    { line: 3, text: '{"b":}}' },
    { line: 4, text: '' },
    { line: 4, text: 'nonsense' },
    { line: 5, text: '{"c":"x,]"}' },
  ]);
});

test.each([
  ['an empty file', '', 0],
  ['white space', ' \n ', 0],
  ['an empty list', '[ ]', 0],
  ['a byte order mark', '\ufeff[{}]', 1],
  ['a comma too many', '[{},]', 1],
])('%s', (_, file, records) => {
  expect(split(file)).toHaveLength(records);
  expect(split(file, [1])).toHaveLength(records);
});

test.each([
  ['does not end', '[{"a":1},\n{"b":2}', /Line 2: the file ends before its list does/],
  ['does not end in the middle of a text', '[{"a":"', /Line 1: the file ends/],
  ['goes on after its end', '[{"a":1}]\n{"b":2}', /Line 2: something follows/],
  [
    'has lost a quote',
    `[{"a":"b},\n${'{},'.repeat(MAX_RECORD_BYTES)}]`,
    /Line 1: this record does not seem to end/,
  ],
])('a list that %s is refused as a whole', (_, file, message) => {
  expect(() => split(file)).toThrow(message);
  expect(() => split(file, [7])).toThrow(message);
});

test('a line that is too long is left out and told, and held in memory by nobody', () => {
  const file = `{"a":1}\n${'x'.repeat(MAX_RECORD_BYTES + 1)}\n{"b":2}`;
  for (const pieces of [[1 << 20], [1000]]) {
    expect(split(file, pieces)).toEqual([
      { line: 1, text: '{"a":1}' },
      { line: 2, text: undefined },
      { line: 3, text: '{"b":2}' },
    ]);
  }
});
