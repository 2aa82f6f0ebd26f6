import { FIRST } from '@sigillo/assurance';
import { isPasswordTooLong } from '../factors/password/password-rules.ts';
import { badInput } from '../platform/http/http.problems.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Identifiers } from './account-ports.ts';
import { decoyProver } from './decoy.ts';
import { signInRefused } from './gate.problems.ts';
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
  { identifier, password, presenter, draft }: PasswordProof,
): Promise<Scene> {
  if (isPasswordTooLong(password)) throw badInput({ fields: [{ path: 'password', rule: 'too-long' }] });
  const prover = await proverOf(gate, identifiers, identifier);
  const target = prover.authenticators.find((one) => one.method === 'password')?.id ?? null;
  const scene = draft(prover);
  const ask = { slot: FIRST, method: 'password', target };
  const response = { code: password };
  try {
    return await prove(gate, { scene, ask, challengeId: null, response, presenter, isNew: true });
  } catch (error) {
    throw isRefusal(error) ? signInRefused() : error;
  }
}

const REFUSALS = ['code-rejected', 'method-disabled', 'method-unavailable', 'ceremony-gone'];
/** Whether a proof failed for a reason that strangers are not told. */
export const isRefusal = (error: unknown) => error instanceof Problem && REFUSALS.includes(error.slug);

async function proverOf(gate: Gate, identifiers: Identifiers, identifier: string): Promise<Prover> {
  const hmac = identifiers.hash(identifier);
  const known = await gate.single(async (tx) => {
    const accountId = hmac && (await identifiers.find(tx, hmac));
    return accountId && (await gate.accounts.load(tx, accountId));
  });
  if (known && known.status === 'active') return known;
  return decoyProver(gate.keyring, hmac ?? identifier.normalize('NFKC').toLowerCase());
}
