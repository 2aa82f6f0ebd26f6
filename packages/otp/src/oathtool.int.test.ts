/** oathtool (OATH Toolkit) shares no code with us: what it makes we accept, what we make it accepts. */
import { expect, test } from 'vitest';
import { judge } from '../../../tests/setup/judge.ts';
import { base32Encode, hotp, matchTotp, newSeed, type OtpAlgorithm, timeStepAt, totpAt } from './index.ts';

const oathtool = judge('oathtool', 'apt-get install oathtool');

const NOW_MS = 1_900_000_000_000;
const HOUR_MS = 60 * 60 * 1000;
const moments = Array.from({ length: 20 }, (_, i) => NOW_MS + i * 37 * HOUR_MS + i * 1234);

/** The same ones each time: of random ones, a code would now and then fit another step by chance. */
function seedNumber(n: number): Uint8Array {
  return Uint8Array.from({ length: 20 }, (_, i) => (n * 41 + i * 59 + n * i) % 256);
}

/** What oathtool says a seed's code is. */
function codeOf(seed: Uint8Array, ...parameters: string[]): string {
  return oathtool.run(['--base32', ...parameters, '--', base32Encode(seed)]).stdout.trim();
}

function totpParameters(nowMs: number, algorithm: OtpAlgorithm, digits: number): string[] {
  const now = `@${Math.floor(nowMs / 1000)}`;
  return [`--totp=${algorithm.replace('-', '')}`, `--digits=${digits}`, `--now=${now}`];
}

oathtool.describe('one-time codes', () => {
  test('[OTP-1] its codes are accepted, and refused when used or two steps off', async () => {
    for (const [i, nowMs] of moments.entries()) {
      const seed = seedNumber(i);
      const step = timeStepAt(nowMs);
      const code = codeOf(seed, ...totpParameters(nowMs, 'SHA-1', 6));
      expect(code).toMatch(/^\d{6}$/);
      expect(await matchTotp(seed, code, nowMs, -1)).toBe(step);
      expect(await matchTotp(seed, code, nowMs, step)).toBeUndefined();
      expect(await matchTotp(seed, code, nowMs + 60_000, -1)).toBeUndefined();
      expect(await matchTotp(seed, code, nowMs - 60_000, -1)).toBeUndefined();
    }
  });

  test.each(['SHA-1', 'SHA-256', 'SHA-512'] as const)('our codes with %s are its own', async (algorithm) => {
    for (const [i, nowMs] of moments.entries()) {
      const seed = newSeed();
      const digits = 6 + (i % 3);
      const code = await totpAt(seed, nowMs, { digits, algorithm });
      expect(codeOf(seed, ...totpParameters(nowMs, algorithm, digits))).toBe(code);
    }
  });

  test('our counter-based codes are its own', async () => {
    const seed = newSeed();
    for (const counter of [0, 1, 9_999_999, 2 ** 32 + 7, Number.MAX_SAFE_INTEGER]) {
      expect(codeOf(seed, '--hotp', `--counter=${counter}`)).toBe(await hotp(seed, counter));
    }
  });

  test('it refuses our code with one digit changed', async () => {
    const seed = newSeed();
    const code = await totpAt(seed, NOW_MS);
    const changed = `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
    expect(validates(seed, code)).toBe(true);
    expect(validates(seed, changed)).toBe(false);
  });
});

/** Whether oathtool takes a code for the current one. */
function validates(seed: Uint8Array, code: string): boolean {
  const parameters = ['--base32', ...totpParameters(NOW_MS, 'SHA-1', 6), base32Encode(seed), code];
  return oathtool.run(parameters).status === 0;
}
