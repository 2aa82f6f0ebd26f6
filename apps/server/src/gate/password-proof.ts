import { FIRST } from '@sigillo/assurance';
import { isPasswordTooLong } from '../factors/password/password-rules.ts';
import { badInput } from '../platform/http/http.problems.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Identifiers } from './account-ports.ts';
import { decoyProver } from './decoy.ts';
import { signInRefused } from './gate.problems.ts';
import type { Hold } from './hold.ts';
import type { Presenter, Prover, Scene } from './model.ts';
import type { Gate } from './ports.ts';
import { prove } from './prove.ts';

export interface PasswordProof {
  /** User id or e-mail address, as typed. */
  identifier: string;
  password: string;
  presenter: Presenter;
  /** The ceremony that begins with it, for whoever the name turns out to be. */
  draft(prover: Prover): Scene;
  /** The same for an account that is suspended; left out where such a one is answered as if there were none. */
  draftSuspended?(prover: Prover, holds: readonly Hold[]): Scene;
}

/**
 * Begins a ceremony with a name and a password. An unknown name walks the same way with a decoy: the same answer,
 * after the same time, locked after the same number of tries.
 *
 * @throws signInRefused for every reason alike; tooManyTries; badInput beyond what any password may have ([PW-1])
 */
export async function provePassword(
  gate: Gate,
  identifiers: Identifiers,
  { identifier, password, presenter, draft, draftSuspended }: PasswordProof,
): Promise<Scene> {
  if (isPasswordTooLong(password)) throw badInput({ fields: [{ path: 'password', rule: 'too-long' }] });
  const { prover, holds } = await proverOf(gate, identifiers, identifier, draftSuspended !== undefined);
  const target = prover.authenticators.find((one) => one.method === 'password')?.id ?? null;
  const isSuspended = prover.status === 'suspended';
  const scene = isSuspended && draftSuspended ? draftSuspended(prover, holds) : draft(prover);
  const ask = { slot: FIRST, method: 'password', target };
  const response = { code: password };
  try {
    return await prove(gate, { scene, ask, challengeId: null, response, presenter, isNew: true });
  } catch (error) {
    throw isRefusal(error) ? signInRefused({ triesLeft: triesLeftOf(error) }) : error;
  }
}

const REFUSALS = ['code-rejected', 'method-disabled', 'method-unavailable', 'ceremony-gone'];
/** Whether a proof failed for a reason that strangers are not told. */
export const isRefusal = (error: unknown) => error instanceof Problem && REFUSALS.includes(error.slug);

/** How often it may be tried before there is a pause; null where that is not known. */
export function triesLeftOf(error: unknown): number | null {
  if (!(error instanceof Problem)) return null;
  const { triesLeft } = error.extension as { triesLeft?: number | null };
  return triesLeft ?? null;
}

interface Named {
  prover: Prover;
  holds: Hold[];
}

/** Only whoever has the password is told that an account is suspended ([SPID-ERR-6]). */
async function proverOf(
  gate: Gate,
  identifiers: Identifiers,
  identifier: string,
  takesSuspended: boolean,
): Promise<Named> {
  const hmac = identifiers.hash(identifier);
  const known = await gate.single(async (tx) => {
    const accountId = hmac && (await identifiers.find(tx, hmac));
    const prover = accountId ? await gate.accounts.load(tx, accountId) : undefined;
    const isHeld = prover?.status === 'suspended' && takesSuspended;
    return { prover, holds: isHeld ? await gate.holds.list(tx, prover.id) : [] };
  });
  const { prover, holds } = known;
  if (prover && (prover.status === 'active' || holds.length > 0)) return { prover, holds };
  return {
    prover: decoyProver(gate.keyring, hmac ?? identifier.normalize('NFKC').toLowerCase()),
    holds: [],
  };
}
