import type { Authenticators, Contacts } from '../../../gate/account-ports.ts';
import { beginCeremony } from '../../../gate/begin.ts';
import type { Presenter, Prover, Scene, Session } from '../../../gate/model.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import { sensitivePolicy } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';
import { secondFactorsOf } from '../../../gate/scene.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { notFound } from '../../../platform/http/http.problems.ts';

export interface AuthenticatorPorts {
  gate: Gate;
  authenticators: Authenticators;
  contacts: Contacts;
}

/** A ceremony in which a further factor can be set up; what was proven lately carries over. */
export function beginAdding(
  gate: Gate,
  prover: Prover,
  session: Session,
  presenter: Presenter,
): Promise<Scene> {
  const policy = sensitivePolicy(gate.settings.freshSeconds, secondFactorsOf(gate, prover).length > 0);
  const context = { clientId: null, interaction: null, operationDigest: null };
  const beginning = { prover, purpose: 'add-authenticator', policy, context };
  return beginCeremony(gate, beginning, presenter, session.evidence);
}

/**
 * Takes a second factor away: its secret is destroyed, every other session and every token ends, and the
 * holder is told.
 *
 * @throws notFound when the account has no such second factor
 */
export async function removeAuthenticator(
  { gate, authenticators, contacts }: AuthenticatorPorts,
  allowed: { tx: Tx; prover: Prover; session: Session; presenter: Presenter },
  id: string,
): Promise<void> {
  const { tx, prover, session, presenter } = allowed;
  const isOwn = secondFactorsOf(gate, prover).some((one) => one.id === id);
  const removed = isOwn ? await authenticators.remove(tx, prover.id, id) : undefined;
  if (!removed) throw notFound();
  // The number goes with its codes: whoever has it now must not recover the account by it.
  if (removed.contactId !== null) await contacts.remove(tx, prover.id, removed.contactId);
  const epoch = await gate.accounts.raiseEpoch(tx, prover.id);
  await gate.sessions.endAll(tx, prover.id, session.id, gate.clock.now());
  await gate.sessions.moveToEpoch(tx, session, epoch);
  const params = { factor: removed.method, label: removed.label };
  await notifyHolder(gate, tx, prover, presenter, { template: 'factor-removed', params });
}

/** @throws notFound when the account has no such second factor */
export async function renameAuthenticator(
  { gate, authenticators }: AuthenticatorPorts,
  { accountId }: Session,
  { id, label }: { id: string; label: string },
  client: ClientInfo,
): Promise<void> {
  await gate.transaction(async (tx) => {
    if (!(await authenticators.rename(tx, accountId, id, label))) throw notFound();
    await gate.audit(tx, {
      type: 'factor-renamed',
      accountId,
      actor: 'holder',
      at: gate.clock.now(),
      client,
      details: { authenticator: id },
    });
  });
}
