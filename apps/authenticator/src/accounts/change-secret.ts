import type { UnlockSecret } from '@sigillo/device-protocol';
import { DeviceProblem } from '../linked/device-problem.ts';
import { keepSeed, seedOf } from '../linked/kept-seed.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import type { LinkedAccounts } from '../linked/linked-accounts.ts';
import { sealUnder, unlockAccount } from '../unlock/unlock-account.ts';

/** What came of a change of the unlock secret. */
export type SecretChange =
  | { outcome: 'wrong-code'; triesLeft: number }
  /** `kept` could not be reached, or had another code: they open with the secret they had. */
  | { outcome: 'changed'; kept: LinkedAccount[] };

/**
 * Puts accounts under another secret, one after the other. The first that is reached says whether the old secret
 * was right; nothing is changed when it was wrong.
 *
 * @throws DeviceProblem when none could be reached
 */
export async function changeSecret(
  store: LinkedAccounts,
  accounts: readonly LinkedAccount[],
  from: UnlockSecret,
  to: UnlockSecret,
): Promise<SecretChange> {
  const kept: LinkedAccount[] = [];
  let problem: DeviceProblem | undefined;
  for (const [index, account] of accounts.entries()) {
    try {
      const triesLeft = await changeOne(store, account, from, to);
      if (triesLeft === undefined) continue;
      if (kept.length === index) return { outcome: 'wrong-code', triesLeft };
    } catch (error) {
      if (!(error instanceof DeviceProblem)) throw error;
      problem = error;
    }
    kept.push(account);
  }
  if (problem && kept.length === accounts.length) throw problem;
  for (const { id } of kept) await store.update(id, { hasOldCode: 'code' in to && 'code' in from });
  return { outcome: 'changed', kept };
}

/** @returns how many tries are left when the old secret was wrong */
async function changeOne(
  store: LinkedAccounts,
  account: LinkedAccount,
  from: UnlockSecret,
  to: UnlockSecret,
): Promise<number | undefined> {
  const tried = await unlockAccount(store, account.id, from);
  if (tried.outcome !== 'open') return tried.triesLeft;
  const seed = await seedOf(account, from);
  if (!seed) throw new DeviceProblem('unlock-refused', 422);
  await sealUnder(store, account.id, to, tried.approval, await keepSeed(account, to, seed));
  return undefined;
}
