import { normaliseRecoveryCode, recoveryCode } from '@sigillo/otp';
import { GUESSABLE } from '../../gate/attempts.ts';
import { type Factor, refused } from '../../gate/factor.ts';
import type { Presenter, Prover } from '../../gate/model.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PasswordHasher } from '../password/password-hashing.ts';

const RECOVERY_CODES = 10;

/** What this factor needs from storage and messages. */
export interface SavedCodes {
  /** The unused PHC strings of a set, by index. */
  unused(accountId: string, authenticatorId: string): Promise<{ idx: number; hash: string }[]>;
  /** Spends one code and tells the holder how many are left; true for the one caller that did. */
  spend(tx: Tx, prover: Prover, presenter: Presenter, authenticatorId: string, idx: number): Promise<boolean>;
}

/** Codes kept on paper: 80 bits each, a slow salted hash, one use ([REC-1]). */
export function recoveryCodeFactor(ports: { codes: SavedCodes; hasher: PasswordHasher }): Factor {
  const { codes, hasher } = ports;
  return {
    method: 'recovery-code',
    lock: GUESSABLE,
    countedPer: 'account',
    async judge({ prover, challenge, presenter, response }) {
      const id = challenge.target;
      const code = normaliseRecoveryCode(response.code);
      if (id === null || code === undefined) return refused;
      for (const { idx, hash } of await codes.unused(prover.id, id)) {
        if (await hasher.verify(code, hash))
          return { accepted: true, spend: (tx) => codes.spend(tx, prover, presenter, id, idx) };
      }
      return refused;
    },
  };
}

/** A new set, as printed and as stored. */
export async function newRecoveryCodes(
  hasher: PasswordHasher,
): Promise<{ codes: string[]; hashes: Buffer[] }> {
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  const hashes: Buffer[] = [];
  for (const code of codes) hashes.push(Buffer.from(await hasher.hash(normaliseRecoveryCode(code) ?? code)));
  return { codes, hashes };
}
