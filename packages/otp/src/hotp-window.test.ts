import { expect, test } from 'vitest';
import { hotp, matchHotp, resynchronise } from './index.ts';

const SEED = new TextEncoder().encode('12345678901234567890');
/** Counters 0 to 9 of RFC 4226, appendix D. */
const VECTORS = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
const codeAt = (counter: number, digits = 6) => hotp(SEED, counter, digits);
const pairAt = async (counter: number) => [await codeAt(counter), await codeAt(counter + 1)] as const;
const HOTP = { kind: 'hotp' } as const;

test('[OTP-3] the codes of RFC 4226 are found by their counters', async () => {
  for (const [counter, code] of VECTORS.entries())
    expect(await matchHotp(SEED, code, counter - 1), code).toBe(counter);
});

test.each([-1, 0, 41, 2 ** 32])(
  '[OTP-3] after counter %i, the next code and ten more are accepted, and no other',
  async (used) => {
    const next = used + 1;
    const found = await Promise.all(
      [-1, 0, 1, 9, 10, 11, 12]
        .filter((ahead) => next + ahead >= 0)
        .map(async (ahead) => [ahead, await matchHotp(SEED, await codeAt(next + ahead), used)] as const),
    );
    const accepted = found.filter(([, counter]) => counter !== undefined).map(([ahead]) => ahead);
    expect(accepted).toEqual([0, 1, 9, 10]);
  },
);

test('[OTP-3] other digits and hashes', async () => {
  const options = { digits: 8, algorithm: 'SHA-256' } as const;
  const code = await hotp(SEED, 7, 8, 'SHA-256');
  expect(await matchHotp(SEED, code, 3, options)).toBe(7);
  expect(await matchHotp(SEED, code.slice(2), 3, options)).toBeUndefined();
});

test.each([0, 11, 250, 499])('[OTP-3] two consecutive codes find a token that is %i ahead', async (ahead) => {
  expect(await resynchronise(SEED, await pairAt(5 + ahead), 4, HOTP)).toBe(6 + ahead);
});

test('[OTP-3] two codes that are not consecutive, swapped, the same or too far ahead find nothing', async () => {
  const [first, second] = await pairAt(30);
  const third = await codeAt(32);
  for (const codes of [[first, third], [second, first], [first, first], await pairAt(505)] as const)
    expect(await resynchronise(SEED, codes, 4, HOTP)).toBeUndefined();
});

test('[OTP-3] nothing that was spent finds the place of a token', async () => {
  expect(await resynchronise(SEED, await pairAt(4), 4, HOTP)).toBeUndefined();
  expect(await resynchronise(SEED, await pairAt(5), 4, HOTP)).toBe(6);
  const clock = { kind: 'totp', nowStep: 1000 } as const;
  expect(await resynchronise(SEED, await pairAt(999), 999, clock)).toBeUndefined();
  expect(await resynchronise(SEED, await pairAt(1000), 999, clock)).toBe(1001);
});

test.each([-250, -3, 0, 249])('[OTP-3] a clock that is %i steps off is found by two codes', async (off) => {
  const clock = { kind: 'totp', nowStep: 1000 } as const;
  expect(await resynchronise(SEED, await pairAt(1000 + off), -1, clock)).toBe(1001 + off);
});

test.each([-251, 250])('[OTP-3] a clock that is %i steps off is not', async (off) => {
  const clock = { kind: 'totp', nowStep: 1000 } as const;
  expect(await resynchronise(SEED, await pairAt(1000 + off), -1, clock)).toBeUndefined();
});
