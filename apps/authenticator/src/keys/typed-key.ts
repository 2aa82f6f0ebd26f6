import { base32Decode, checkedKey, type OtpAlgorithm, type ReadOtpauthKey } from '@sigillo/otp';

/** What stands in the form. */
export interface TypedKey {
  issuer: string;
  account: string;
  key: string;
  type: 'totp' | 'hotp';
  digits: '6' | '7' | '8';
  algorithm: OtpAlgorithm;
  stepSeconds: string;
  counter: string;
}

export const EMPTY_KEY: TypedKey = {
  issuer: '',
  account: '',
  key: '',
  type: 'totp',
  digits: '6',
  algorithm: 'SHA-1',
  stepSeconds: '30',
  counter: '0',
};

/** The fields that can be wrong. */
export type TypedKeyFault = 'issuer' | 'key' | 'stepSeconds' | 'counter';

/** The key that was typed, or which fields have to be looked at again, from top to bottom. */
export function readTypedKey(typed: TypedKey): ReadOtpauthKey | TypedKeyFault[] {
  const { type, algorithm } = typed;
  const seed = base32Decode(typed.key);
  const faults: TypedKeyFault[] = [];
  if (!typed.issuer.trim()) faults.push('issuer');
  if (!seed?.length || seed.length > 128) faults.push('key');
  const key = checkedKey({
    type,
    issuer: typed.issuer,
    account: typed.account,
    // Judged above; here only whether the rest of it can be used.
    seed: faults.includes('key') ? new Uint8Array(1) : seed,
    digits: Number(typed.digits),
    algorithm,
    stepSeconds: wholeNumber(typed.stepSeconds),
    counter: wholeNumber(typed.counter),
  });
  if (!key) faults.push(type === 'totp' ? 'stepSeconds' : 'counter');
  return key && faults.length === 0 ? key : faults;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,16}$/.test(text.trim()) ? Number(text) : undefined;
}
