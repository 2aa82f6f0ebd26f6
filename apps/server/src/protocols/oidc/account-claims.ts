import type { Account } from 'oidc-provider';
import type { Contact, Prover } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import { currentRequest } from './request-context.ts';

/** The account behind a session or token, while it is active. */
export async function findAccount(gate: Gate, accountId: string): Promise<Account | undefined> {
  const prover = await gate.accounts.load(await currentRequest().transaction.begin(), accountId);
  if (prover?.status !== 'active') return undefined;
  // All of them: the library passes on those that the grant allows and no others.
  return { accountId, claims: async () => ({ sub: accountId, ...holderClaims(prover) }) };
}

/** What there is to know of a holder (OpenID Connect Core §5.1). */
function holderClaims(prover: Prover) {
  const email = contactOf(prover, 'email');
  const phone = contactOf(prover, 'phone');
  return {
    preferred_username: prover.userId,
    locale: prover.language,
    ...(email && { email: email.address, email_verified: email.verifiedAt !== null }),
    ...(phone && { phone_number: phone.address, phone_number_verified: phone.verifiedAt !== null }),
  };
}

/** The contact of a kind: a confirmed one, if there is one. */
function contactOf(prover: Prover, kind: Contact['kind']): Contact | undefined {
  const all = prover.contacts.filter((one) => one.kind === kind);
  return all.find((one) => one.verifiedAt !== null) ?? all[0];
}
