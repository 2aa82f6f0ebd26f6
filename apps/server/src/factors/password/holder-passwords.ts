import type { Prover } from '../../gate/model.ts';
import { hashNewPassword, type PasswordChoice, passwordRefused } from './choose-password.ts';
import {
  comesBackTooSoon,
  type Facts,
  isAlike,
  normalForm,
  type PastPassword,
  refuseForIdentity,
} from './identity-password.ts';

/** What the passwords of accounts are judged by, beside what is asked of everybody. */
export interface HolderPasswords extends PasswordChoice {
  /** Of who has a digital identity; undefined for everybody else ([SPID-CRD-4]). */
  identityOf(accountId: string): Promise<{ facts: Facts; past: PastPassword[] } | undefined>;
  /** The PHC string of the password in use. */
  stored(accountId: string, passwordId: string): Promise<string | undefined>;
  /** The keyed hash of a normal form, of this account and no other. */
  hashLikeness(accountId: string, form: string): Buffer;
  now(): Date;
}

export interface ChosenPassword {
  phc: string;
  likeness: { next: Buffer; current: Buffer | null } | null;
}

/**
 * Checks a new password of an account and hashes it. Of who has a digital identity it has more kinds of characters,
 * says nothing public of its holder, and is none of the last ones nor like one.
 *
 * @param current the one in use, where it was typed just now
 * @throws passwordRefused with the reason; badInput, busy
 */
export async function chooseForHolder(
  passwords: HolderPasswords,
  prover: Prover,
  next: string,
  current: string | null,
): Promise<ChosenPassword> {
  const email = prover.contacts.find((one) => one.kind === 'email')?.address ?? '';
  const identity = await passwords.identityOf(prover.id);
  if (!identity) {
    const phc = await hashNewPassword(passwords, next, { userId: prover.userId, email });
    return { phc, likeness: null };
  }
  const { minLength } = passwords;
  const own = [prover.userId, email.slice(0, Math.max(0, email.lastIndexOf('@')))];
  const phones = prover.contacts.filter((one) => one.kind === 'phone').map((one) => one.address);
  const reason = refuseForIdentity(next, [...identity.facts, ...own, ...phones]);
  if (reason) throw passwordRefused({ reason, minLength });
  const likeness = passwords.hashLikeness(prover.id, normalForm(next));
  const comesBack =
    (current !== null && isAlike(next, current)) ||
    comesBackTooSoon(likeness, identity.past, passwords.now()) ||
    (await isInUse(passwords, prover, next));
  if (comesBack) throw passwordRefused({ reason: 'used-before', minLength });
  const phc = await hashNewPassword(passwords, next, { userId: prover.userId, email });
  const before = current === null ? null : passwords.hashLikeness(prover.id, normalForm(current));
  const isKnown = before !== null && identity.past.some((one) => one.likeness.equals(before));
  return { phc, likeness: { next: likeness, current: isKnown ? null : before } };
}

/** Whether it is the very password in use, also where nobody typed that. */
async function isInUse(passwords: HolderPasswords, prover: Prover, next: string): Promise<boolean> {
  const password = prover.authenticators.find((one) => one.method === 'password');
  const stored = password && (await passwords.stored(prover.id, password.id));
  return stored !== undefined && passwords.hasher.verify(next, stored);
}
