import type { Account } from 'oidc-provider';
import type { Contact, Prover } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import { currentRequest, type OidcRequest, proverIn } from './request-context.ts';
import { claimsOf, SCOPES } from './scopes.ts';

const HOLDER_CLAIMS: readonly string[] = claimsOf(SCOPES);

/** The account behind a session or token, while it is active. */
export async function findAccount(gate: Gate, accountId: string): Promise<Account | undefined> {
  const request = currentRequest();
  // The session of the browser, or what was presented, is found only while its account is active.
  const known = [request.session?.accountId, request.origin?.accountId];
  if (!known.includes(accountId) && !(await activeProver(request, gate, accountId))) return undefined;
  return {
    accountId,
    async claims(use, scope, claims) {
      // What the scopes stand for is told at the userinfo endpoint (OpenID Connect Core §5.4).
      const asked = [...Object.keys(claims), ...(use === 'userinfo' ? claimsOf(scope.split(' ')) : [])];
      if (!asked.some((one) => HOLDER_CLAIMS.includes(one))) return { sub: accountId };
      const prover = await activeProver(request, gate, accountId);
      // All of them: the library passes on those that the grant allows and no others.
      return { sub: accountId, ...(prover && holderClaims(prover)) };
    },
  };
}

async function activeProver(request: OidcRequest, gate: Gate, accountId: string) {
  const prover = await proverIn(request, gate, accountId);
  return prover?.status === 'active' ? prover : undefined;
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
