import { GUESSABLE } from '../../gate/attempts.ts';
import { type Factor, refused } from '../../gate/factor.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { PasswordHasher } from './password-hashing.ts';

/** What this factor needs from storage. */
export interface StoredPasswords {
  /** The PHC string of an account's password. */
  find(accountId: string, authenticatorId: string): Promise<string | undefined>;
  replace(tx: Tx, accountId: string, authenticatorId: string, phc: string): Promise<boolean>;
}

/**
 * Something known. A decoy, and an account without a password, cost as much time as a wrong password; a hash
 * of an older kind or cost is replaced when its owner signs in ([PW-4]).
 */
export function passwordFactor(ports: { passwords: StoredPasswords; hasher: PasswordHasher }): Factor {
  const { passwords, hasher } = ports;
  return {
    method: 'password',
    lock: GUESSABLE,
    countedPer: 'account',
    tellsTries: true,
    async judge({ prover, challenge, response }) {
      const id = challenge.target;
      const stored = prover.decoy || id === null ? undefined : await passwords.find(prover.id, id);
      if (stored === undefined || id === null) {
        await hasher.decoyVerify(response.code);
        return refused;
      }
      if (!(await hasher.verify(response.code, stored))) return refused;
      const upgraded = await upgradedHash(hasher, response.code, stored);
      if (upgraded === undefined) return { accepted: true };
      const spend = async (tx: Tx) => {
        await passwords.replace(tx, prover.id, id, upgraded);
        return true;
      };
      return { accepted: true, spend };
    },
  };
}

/** A hash of today's kind and cost for a password that was just verified, if the stored one is another. */
async function upgradedHash(
  hasher: PasswordHasher,
  password: string,
  stored: string,
): Promise<string | undefined> {
  if (!hasher.needsRehash(stored)) return undefined;
  // A full queue is no reason to turn away who gave the right password: the next sign-in upgrades.
  return hasher.hash(password).catch(() => undefined);
}
