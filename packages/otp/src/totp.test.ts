import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hotp, matchTotp, newSeed, type OtpAlgorithm, timeStepAt, totpAt } from './index.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const SEED = ascii('12345678901234567890');
const NOW_MS = 1_700_000_010_000;
const STEP = timeStepAt(NOW_MS);
const codeAt = (step: number) => hotp(SEED, step, 6);

test('HOTP gives the values of RFC 4226, appendix D', async () => {
  const expected = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
  const codes = await Promise.all(expected.map((_, counter) => hotp(SEED, counter, 6)));
  expect(codes).toEqual(expected);
});

test('TOTP gives the values of RFC 6238, appendix B', async () => {
  const seeds: Record<OtpAlgorithm, Uint8Array> = {
    'SHA-1': ascii('12345678901234567890'),
    'SHA-256': ascii('12345678901234567890123456789012'),
    'SHA-512': ascii('1234567890123456789012345678901234567890123456789012345678901234'),
  };
  const vectors: [seconds: number, sha1: string, sha256: string, sha512: string][] = [
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ];
  for (const [seconds, ...codes] of vectors) {
    for (const [i, algorithm] of (['SHA-1', 'SHA-256', 'SHA-512'] as const).entries()) {
      const code = await totpAt(seeds[algorithm], seconds * 1000, { digits: 8, algorithm });
      expect(code, `${algorithm} at ${seconds}`).toBe(codes[i]);
    }
  }
});

test('a counter beyond 32 bits is written as eight bytes', async () => {
  expect(await hotp(SEED, 2 ** 32 + 1, 6)).not.toBe(await codeAt(1));
});

test.each([-1, 1.5, Number.NaN, 2 ** 53])('the counter %s is refused', async (counter) => {
  await expect(hotp(SEED, counter, 6)).rejects.toThrow(RangeError);
});

test.each([5, 9])('%s digits are refused', async (digits) => {
  await expect(hotp(SEED, 1, digits)).rejects.toThrow(RangeError);
});

test('[OTP-1] a seed is 160 random bits, and the code has six digits', async () => {
  const seed = newSeed();
  expect(seed).toHaveLength(20);
  expect(newSeed()).not.toEqual(seed);
  expect(await totpAt(seed, NOW_MS)).toMatch(/^\d{6}$/);
});

test('[OTP-1] the current step and one on either side are accepted, two steps off are refused', async () => {
  const accepted = await Promise.all(
    [-2, -1, 0, 1, 2].map(async (offset) => matchTotp(SEED, await codeAt(STEP + offset), NOW_MS, -1)),
  );
  expect(accepted).toEqual([undefined, STEP - 1, STEP, STEP + 1, undefined]);
});

test('[OTP-1] the window holds at every moment of a step, for any seed', async () => {
  const seeds = fc.uint8Array({ minLength: 20, maxLength: 20 });
  const moments = fc.integer({ min: 90_000, max: 4_102_444_800_000 });
  await fc.assert(
    fc.asyncProperty(seeds, moments, fc.integer({ min: -3, max: 3 }), async (seed, nowMs, offset) => {
      const step = timeStepAt(nowMs) + offset;
      const code = await hotp(seed, step, 6);
      const window = [-1, 0, 1].map((near) => timeStepAt(nowMs) + near);
      const codes = await Promise.all(window.map((near) => hotp(seed, near, 6)));
      // By chance, one in a million each, a step outside the window shares its code with one inside.
      expect(await matchTotp(seed, code, nowMs, -1)).toBe(window[codes.lastIndexOf(code)]);
    }),
    { numRuns: 200 },
  );
});

test('[OTP-2] a step at or before the used one is refused, a later one accepted', async () => {
  const code = await codeAt(STEP);
  expect(await matchTotp(SEED, code, NOW_MS, STEP - 1)).toBe(STEP);
  expect(await matchTotp(SEED, code, NOW_MS, STEP)).toBeUndefined();
  expect(await matchTotp(SEED, code, NOW_MS, STEP + 1)).toBeUndefined();
});

test('[OTP-2] when two steps share a code, the later one is spent', async () => {
  const [earlier, later] = [910_737, 910_738]; // found by trying
  expect(await codeAt(earlier)).toBe(await codeAt(later));
  for (const current of [earlier, later]) {
    expect(await matchTotp(SEED, await codeAt(current), current * 30_000, -1)).toBe(later);
  }
});

test.each(['', '12345', '1234567', '１２３４５６', 'abcdef'])('"%s" matches nothing', async (code) => {
  expect(await matchTotp(SEED, code, NOW_MS, -1)).toBeUndefined();
});

test('right after the epoch there is no step before the first', async () => {
  expect(await matchTotp(SEED, await codeAt(1), 0, -1)).toBe(1);
});

test('step length and window can be chosen', async () => {
  const code = await totpAt(SEED, NOW_MS, { stepSeconds: 60, digits: 8 });
  const later = NOW_MS + 120_000;
  const options = { stepSeconds: 60, digits: 8 };
  expect(await matchTotp(SEED, code, later, -1, options)).toBeUndefined();
  expect(await matchTotp(SEED, code, later, -1, { ...options, window: 2 })).toBe(timeStepAt(NOW_MS, 60));
});
