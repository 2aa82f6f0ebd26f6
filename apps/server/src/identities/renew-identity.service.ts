import { type Day, expiryOfIdCard, isAttribute, romeDayOf } from '@sigillo/identity';
import type { Gate } from '../gate/ports.ts';
import type { AuditEventType } from '../platform/audit/event-types.ts';
import type { Tx } from '../platform/database/database.ts';
import type { IdentityKey } from './agenda.ts';
import type { Identities, IdentityDetails } from './identities.ports.ts';
import { attributesWrong, identityGone, moveRefused } from './identities.problems.ts';
import type { Identity } from './identity.ts';
import { moveIdentity } from './move-identity.service.ts';

export interface RenewalPorts {
  gate: Gate;
  identities: Identities;
}

/**
 * Another document in the place of an identity's, which an operator has reviewed; an identity that rested because the
 * other one had expired rests no longer for it [SPID-IDL-4]. In the transaction of the operation that allowed it.
 *
 * @param idCard as the attribute has it; its last day is the document's
 * @throws attributesWrong when it has another form, or has expired
 * @throws identityGone; moveRefused when it is revoked
 */
export async function replaceDocument(
  ports: RenewalPorts,
  tx: Tx,
  key: IdentityKey,
  { idCard, operatorId }: { idCard: string; operatorId: string },
): Promise<void> {
  const { gate, identities } = ports;
  const { clock } = gate;
  const documentExpiresOn = expiryOfIdCard(idCard);
  if (!isAttribute('idCard', idCard) || documentExpiresOn < romeDayOf(clock.nowMs()))
    throw attributesWrong({ faults: [{ name: 'idCard', fault: 'wrong-form' }] });
  const { attributes, causes } = await changeLiving(ports, tx, key, (identity) => ({
    attributes: { ...identity.attributes, idCard },
    documentExpiresOn,
  }));
  if (attributes && causes.has('document-expired')) {
    const move = { type: 'lift', cause: 'document-expired' } as const;
    await moveIdentity({ identities, clock }, tx, key, { move, actor: 'operator' });
  }
  const details = { identity: key.id, expires: documentExpiresOn, operators: operatorId };
  await record(gate, tx, 'identity-document-replaced', key, details);
}

/**
 * The contract for an identity goes on until another day; an end that was announced for it is called off.
 *
 * @throws identityGone; moveRefused when it is revoked
 */
export async function renewContract(
  ports: RenewalPorts,
  tx: Tx,
  key: IdentityKey,
  { expiresOn, operatorId }: { expiresOn: Day; operatorId: string },
): Promise<void> {
  await changeLiving(ports, tx, key, () => ({ expiresOn }));
  const details = { identity: key.id, expires: expiresOn, operators: operatorId };
  await record(ports.gate, tx, 'identity-contract-renewed', key, details);
}

/** @returns the identity as it was before */
async function changeLiving(
  { gate, identities }: RenewalPorts,
  tx: Tx,
  { accountId, id }: IdentityKey,
  changesOf: (identity: Identity) => Partial<IdentityDetails>,
): Promise<Identity> {
  await gate.accounts.lock(tx, accountId);
  const identity = await identities.find(tx, accountId, id);
  if (!identity) throw identityGone();
  const isLiving = identity.state === 'active' || identity.state === 'suspended';
  if (!isLiving || !(await identities.change(tx, identity, changesOf(identity), gate.clock.now())))
    throw moveRefused();
  return identity;
}

function record(
  gate: Gate,
  tx: Tx,
  type: AuditEventType,
  { accountId }: IdentityKey,
  details: Record<string, string>,
): Promise<void> {
  return gate.audit(tx, { type, accountId, actor: 'operator', at: gate.clock.now(), details });
}
