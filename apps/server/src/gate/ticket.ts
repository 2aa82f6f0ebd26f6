import type { Method } from '@sigillo/assurance';
import { FIRST } from '@sigillo/assurance';
import { randomId, uuidv7 } from '../platform/ids.ts';
import { methodUnavailable } from './gate.problems.ts';
import type { Challenge, Presenter, Prover, StartedChallenge } from './model.ts';
import type { Gate } from './ports.ts';

/** Sign-in pages that ask, from one network. */
const TICKETS_PER_NETWORK = { count: 120, perSeconds: 60 } as const;

/**
 * Starts a challenge before anybody knows whose it will be: a row keyed by a random id of its own, bound to the
 * browser that asked. Whoever's device answers, `prove` spends it, once, and keeps what was proven with the account.
 *
 * @returns the challenge; its `proverId` is the ticket
 * @throws methodUnavailable when nothing can be asked by this method
 */
export async function startTicket(
  gate: Gate,
  method: Method,
  presenter: Presenter,
): Promise<StartedChallenge> {
  const factor = gate.factors.get(method);
  if (!factor?.sends) throw methodUnavailable();
  gate.limits.take(`tickets-from:${presenter.client.network}`, TICKETS_PER_NETWORK);
  const challenge = newTicket(gate, method, factor.sends.lifetimeSeconds);
  const { secretHash, reveal } = await factor.sends.start({
    prover: nobody(challenge.proverId),
    challenge,
    target: { authenticator: null, contact: null },
    presenter,
    purpose: 'sign-in',
    ceremony: null,
  });
  const stored = { ...challenge, secretHash };
  await gate.transaction((tx) => gate.challenges.insert(tx, stored, 'open'));
  return { ...stored, reveal: reveal ?? null };
}

function newTicket(gate: Gate, method: Method, lifetimeSeconds: number): Challenge {
  const createdAt = gate.clock.now();
  const ticketId = randomId();
  return {
    id: uuidv7(createdAt.getTime()),
    proverId: ticketId,
    ceremonyId: ticketId,
    slot: FIRST,
    method,
    target: null,
    operationDigest: null,
    question: null,
    secretHash: null,
    tries: 0,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + lifetimeSeconds * 1000),
  };
}

/** Stands for whoever it will be: holds nothing, and is nobody. */
const nobody = (id: string): Prover => ({
  id,
  decoy: true,
  userId: '',
  kind: 'holder',
  status: 'active',
  epoch: 0,
  language: 'it',
  codeDelivery: null,
  authenticators: [],
  contacts: [],
});
