import { FIRST } from '@sigillo/assurance';
import type { Assertion } from '../../../factors/passkey/credential.schema.ts';
import type { Passkeys } from '../../../factors/passkey/passkey.ports.ts';
import { decoyProver } from '../../../gate/decoy.ts';
import { challengeOver } from '../../../gate/gate.problems.ts';
import { handleOf, readHandle } from '../../../gate/handle.ts';
import type { Presenter, Prover, Scene, StartedChallenge } from '../../../gate/model.ts';
import { isRefusal } from '../../../gate/password-proof.ts';
import type { Gate } from '../../../gate/ports.ts';
import { prove } from '../../../gate/prove.ts';
import { draftSignIn } from '../../../gate/sign-in.ts';
import { startTicket } from '../../../gate/ticket.ts';
import { passkeyRefused } from './sign-in.problems.ts';
import { requestOf, type SignInPorts, waitingInteraction } from './sign-in.service.ts';

export type PasskeySignInPorts = SignInPorts & { passkeys: Passkeys };

export interface PasskeyTicket {
  /** Names the challenge; opens nothing without the browser that asked. */
  ticket: string;
  started: StartedChallenge;
}

/** Asks whichever passkey the device has for these pages; nobody is named, so nobody can be found out. */
export async function startPasskeySignIn(gate: Gate, presenter: Presenter): Promise<PasskeyTicket> {
  const started = await startTicket(gate, 'passkey', presenter);
  return { ticket: handleOf(started), started };
}

/**
 * Signs in with a passkey alone: its answer says whose it is. A handle or a credential that nobody has walks the
 * same way with a decoy: the same answer, after the same work, and the challenge is spent.
 *
 * @throws passkeyRefused for every reason alike; challengeOver when the challenge expired or was used
 */
export async function signInWithPasskey(
  ports: PasskeySignInPorts,
  given: { uid: string | undefined; ticket: string; credential: Assertion },
  presenter: Presenter,
): Promise<Scene> {
  const { gate, interactions } = ports;
  const interaction = await waitingInteraction(interactions, given.uid, presenter);
  const ticket = readHandle(given.ticket);
  if (!ticket) throw challengeOver();
  const { prover, target } = await ownerOf(ports, given.credential);
  const scene = draftSignIn(gate, prover, requestOf(interaction));
  const ask = { slot: FIRST, method: 'passkey', target };
  const response = { code: '', credential: given.credential };
  const challenge = { challengeId: ticket.id, ticketId: ticket.proverId };
  try {
    return await prove(gate, { scene, ask, response, presenter, isNew: true, ...challenge });
  } catch (error) {
    throw isRefusal(error) ? passkeyRefused() : error;
  }
}

/** Who the device says its holder is, and which of their passkeys answered. */
async function ownerOf(
  { gate, passkeys }: PasskeySignInPorts,
  { id, response }: Assertion,
): Promise<{ prover: Prover; target: string | null }> {
  const userHandle = Buffer.from(response.userHandle ?? '', 'base64url');
  const credentialId = Buffer.from(id, 'base64url');
  const known = await gate.transaction(async (tx) => {
    const accountId = await passkeys.whose(tx, userHandle);
    const prover = accountId === undefined ? undefined : await gate.accounts.load(tx, accountId);
    if (prover?.status !== 'active' || prover.kind !== 'holder') return undefined;
    const held = await passkeys.list(tx, prover.id);
    const target = held.find((one) => one.credentialId.equals(credentialId))?.authenticatorId;
    return target ? { prover, target } : undefined;
  });
  if (known) return known;
  const prover = decoyProver(gate.keyring, Buffer.concat([userHandle, credentialId]), 'passkey');
  return { prover, target: prover.authenticators[0]?.id ?? null };
}
