import { base32Encode } from '@sigillo/otp';
import type { Judge } from './judge.ts';

/** A hardware token, played by another program: seed, and what its button or its clock has come to. */
export interface Token {
  serial: string;
  seed: Uint8Array;
  kind: 'hotp' | 'totp';
  digits: number;
}

/** The line by which an administrator imports it. */
export const csvLine = ({ serial, seed, kind, digits }: Token): string =>
  `${serial},${base32Encode(seed)},${digits},${kind === 'totp' ? '30,' : ',0'}`;

export const CSV_HEAD = 'serial,seed,digits,period,counter';

/** What it shows for a counter, or for a moment in Unix milliseconds. */
export function tokenCode(oathtool: Judge, { seed, kind, digits }: Token, at: number): string {
  const place =
    kind === 'hotp' ? ['--hotp', `--counter=${at}`] : ['--totp', `--now=@${Math.floor(at / 1000)}`];
  const { status, stdout } = oathtool.run([...place, `--digits=${digits}`, '--base32', base32Encode(seed)]);
  if (status !== 0) throw new Error('oathtool failed');
  return stdout.trim();
}

/** Two consecutive codes as their holder types them: one after the other. */
export const tokenPair = (oathtool: Judge, token: Token, at: number): string =>
  `${tokenCode(oathtool, token, at)} ${tokenCode(oathtool, token, token.kind === 'hotp' ? at + 1 : at + 30_000)}`;
