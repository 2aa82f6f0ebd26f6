import { expect, test } from 'vitest';
import { normaliseSerial, readCsv } from './index.ts';

const HEX = '3132333435363738393031323334353637383930';
const BASE32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SEED = new TextEncoder().encode('12345678901234567890');
const reasons = async (text: string) =>
  (await readCsv(text)).faults.map(({ where, reason }) => `${where}: ${reason}`);

test('time-based and counter-based tokens, seeds in hexadecimal and in base 32', async () => {
  const text = `serial,seed,digits,period,counter,algorithm
ab-0001,${HEX},8,60,,SHA256

AB 0002 ,${BASE32},,,17,
`;
  expect(await readCsv(text)).toEqual({
    faults: [],
    tokens: [
      {
        serial: 'AB0001',
        kind: 'totp',
        seed: SEED,
        algorithm: 'SHA-256',
        digits: 8,
        stepSeconds: 60,
        counter: 0,
      },
      {
        serial: 'AB0002',
        kind: 'hotp',
        seed: SEED,
        algorithm: 'SHA-1',
        digits: 6,
        stepSeconds: 30,
        counter: 17,
      },
    ],
  });
});

test('as a spreadsheet saves it: semicolons, a mark in front, other ends of lines, columns left out', async () => {
  const { tokens, faults } = await readCsv(`\ufeffSeed;Serial;Period\r\n${BASE32};1;30\r\n`);
  expect(faults).toEqual([]);
  expect(tokens).toMatchObject([{ serial: '1', kind: 'totp', seed: SEED, stepSeconds: 30 }]);
});

test('every line that is wrong is told, by its number and why', async () => {
  const text = `serial,seed,digits,period,counter,algorithm
1,${HEX},6,30,,
1,${HEX},6,30,,
2,${HEX},6,30,5,
3,${HEX},6,,,
4,xyz!,6,30,,
5,31323334,6,30,,
6,${HEX},9,30,,
7,${HEX},6,x,,
8,${HEX},6,30,,MD5
9,${HEX},6
,${HEX},6,30,,
10,${HEX},6,1,,`;
  expect(await reasons(text)).toEqual([
    'line 3: 1 is in the file twice',
    'line 4: a token has a period or a counter',
    'line 5: a token has a period or a counter',
    'line 6: the seed is neither hexadecimal nor base 32',
    'line 7: a seed has 16 to 128 bytes, this one 4',
    'line 8: codes have 6 to 8 digits',
    'line 9: period is not a whole number',
    'line 10: the hash MD5 is not known',
    'line 11: there are 3 values where the first line names 6',
    'line 12: a serial number has 1 to 32 letters and digits, and nothing else',
    'line 13: a period has 10 to 300 seconds',
  ]);
});

test.each(['', `1,${HEX},6,30,,`, 'serial,seed,seed', 'serial,period', 'serial,seed,period\n'])(
  '"%s" is no table of tokens',
  async (text) => {
    expect(await reasons(text)).toEqual([expect.stringMatching(/^file: /)]);
  },
);

test.each([
  ['ab-12 34', 'AB1234'],
  ['  0042', '0042'],
])('the serial number "%s" is %s', (typed, serial) => expect(normaliseSerial(typed)).toBe(serial));

test.each(['', '-', 'a/b', 'à1', '1'.repeat(33)])('"%s" is no serial number', (typed) =>
  expect(normaliseSerial(typed)).toBeUndefined(),
);
