import type { Tx } from '../platform/database/database.ts';
import type { Authenticators } from './account-ports.ts';
import { recogniseOwner } from './admit.ts';
import type { Presenter, Prover } from './model.ts';
import { notifyHolder } from './notices.ts';
import type { Gate } from './ports.ts';
import { endEverything } from './sessions.ts';

/** A new password, checked and hashed. */
export interface NewPassword {
  /** Id of the password, which stays. */
  id: string;
  phc: string;
  /** What it is bound to from now on; null for what it was bound to. */
  channelId: string | null;
  /** What it, and the one before it where that is known, have in common with others; of who has an identity. */
  likeness: { next: Buffer; current: Buffer | null } | null;
}

/** Keeps what passwords of holders of identities have in common with others. */
export interface PastPasswords {
  remember(tx: Tx, accountId: string, likeness: Buffer, chosenAt: Date): Promise<void>;
}

/**
 * Puts a new password in the place of the old one, in the transaction that allowed it: the lock-out of the old one is
 * lifted, every session and token ends, nobody's browser but this one's is recognised, and the holder is told.
 *
 * @param recordedAs audit name
 * @returns the secret by which this browser is recognised
 */
export async function replacePassword(
  ports: { gate: Gate; authenticators: Authenticators; pastPasswords: PastPasswords },
  tx: Tx,
  prover: Prover,
  { id, phc, channelId, likeness }: NewPassword,
  { presenter, recordedAs }: { presenter: Presenter; recordedAs: 'password-changed' | 'reset-completed' },
): Promise<string> {
  const { gate, authenticators, pastPasswords } = ports;
  const at = gate.clock.now();
  const before = prover.authenticators.find((one) => one.id === id);
  if (likeness?.current && before)
    await pastPasswords.remember(tx, prover.id, likeness.current, before.createdAt);
  if (likeness) await pastPasswords.remember(tx, prover.id, likeness.next, at);
  await authenticators.replaceSecret(tx, prover.id, id, phc, channelId, at);
  await gate.attempts.reset(tx, prover.id, 'password');
  const recognised = await recogniseOwner(gate, tx, prover.id);
  await endEverything(gate, tx, prover.id);
  await gate.audit(tx, {
    type: recordedAs,
    accountId: prover.id,
    actor: 'holder',
    at,
    client: presenter.client,
    details: recordedAs === 'reset-completed' ? { purpose: 'reset-password' } : { authenticator: id },
  });
  await notifyHolder(gate, tx, prover, presenter, { template: 'password-changed' });
  return recognised;
}
