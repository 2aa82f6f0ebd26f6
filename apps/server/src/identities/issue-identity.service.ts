import { attributeFaults, lastOfYears, romeDayOf } from '@sigillo/identity';
import type { Prover } from '../gate/model.ts';
import { notifyHolder } from '../gate/notices.ts';
import type { Gate } from '../gate/ports.ts';
import type { AuditEventType } from '../platform/audit/event-types.ts';
import type { Tx } from '../platform/database/database.ts';
import type { IdentityKey } from './agenda.ts';
import { type ContractPorts, concludeContract } from './documents/activation-contract.ts';
import { type Identities, IdentityTaken } from './identities.ports.ts';
import {
  attributesWrong,
  contactsUnverified,
  evidenceMissing,
  identityGone,
  identityTaken,
  moveRefused,
} from './identities.problems.ts';
import type { Identity } from './identity.ts';
import { moveIdentity } from './move-identity.service.ts';
import { type IdentityStart, newIdentity } from './new-identity.ts';

export interface IssuingPorts extends ContractPorts {
  gate: Gate;
  identities: Identities;
  settings: {
    /** The four letters that AgID gave to the provider. */
    provider: string;
    /** For how many years an identity is issued. */
    years: number;
  };
}

/**
 * Asks for an identity of an account, for two operators to decide about; in the transaction of the operation that allowed
 * it.
 *
 * @param operatorId the account of the operator who asks
 * @throws attributesWrong
 * @throws identityTaken when this person has one of this type, or the code was given before
 */
export async function requestIdentity(
  { gate, identities, settings }: Omit<IssuingPorts, 'contracts' | 'provider'>,
  tx: Tx,
  start: IdentityStart,
  operatorId: string,
): Promise<Identity> {
  const faults = attributeFaults(start.type, start.attributes);
  if (faults.length > 0) throw attributesWrong({ faults });
  const identity = newIdentity(start, settings.provider, gate.clock.now());
  await identities.insert(tx, identity).catch((error: unknown) => {
    throw error instanceof IdentityTaken ? identityTaken() : error;
  });
  await record(gate, tx, 'identity-requested', identity, { operators: operatorId });
  return identity;
}

/**
 * Issues an identity that was asked for, by two operators who agree; its contract is made, and begins today.
 *
 * @param operators accounts of the two
 * @throws identityGone; moveRefused when it was decided about already
 * @throws contactsUnverified without a verified e-mail address and mobile number [SPID-ENR-2]
 * @throws evidenceMissing when the two are one
 */
export async function issueIdentity(
  ports: IssuingPorts,
  tx: Tx,
  key: IdentityKey,
  operators: readonly [string, string],
): Promise<Identity> {
  const { gate, identities, settings } = ports;
  const { clock } = gate;
  if (operators[0] === operators[1]) throw evidenceMissing();
  await gate.accounts.lock(tx, key.accountId);
  const prover = await gate.accounts.load(tx, key.accountId);
  const identity = await identities.find(tx, key.accountId, key.id);
  if (!prover || !identity) throw identityGone();
  if (!hasVerifiedContacts(prover)) throw contactsUnverified();
  const today = romeDayOf(clock.nowMs());
  await moveIdentity({ identities, clock }, tx, key, { move: { type: 'issue' }, actor: 'two-operators' });
  const issued = await identities.find(tx, key.accountId, key.id);
  const days = { issuedOn: today, expiresOn: lastOfYears(today, settings.years) };
  if (!issued || !(await identities.change(tx, issued, days, clock.now()))) throw moveRefused();
  const result = { ...issued, ...days, version: issued.version + 1 };
  await concludeContract(ports, tx, result, prover);
  await record(gate, tx, 'identity-issued', key, { operators: operators.join(' ') });
  const params = { day: today };
  await notifyHolder(gate, tx, prover, null, { template: 'identity-issued', params, bySms: true });
  return result;
}

/** Whether codes and notices reach the holder in both ways, at contacts that were proven. */
function hasVerifiedContacts({ contacts }: Pick<Prover, 'contacts'>): boolean {
  const isVerified = (wanted: 'email' | 'phone') =>
    contacts.some(({ kind, verifiedAt }) => kind === wanted && verifiedAt !== null);
  return isVerified('email') && isVerified('phone');
}

/**
 * Refuses an identity that was asked for; the person may ask again.
 *
 * @param decision.reason for the record
 * @throws identityGone; moveRefused when it was decided about already
 */
export async function refuseIdentity(
  { gate, identities }: Pick<IssuingPorts, 'gate' | 'identities'>,
  tx: Tx,
  key: IdentityKey,
  { operatorId, reason }: { operatorId: string; reason: string },
): Promise<void> {
  const { clock } = gate;
  const move = { type: 'revoke', cause: 'request-refused' } as const;
  await moveIdentity({ identities, clock }, tx, key, { move, actor: 'operator' });
  await record(gate, tx, 'identity-refused', key, { operators: operatorId, reason });
}

function record(
  gate: Gate,
  tx: Tx,
  type: AuditEventType,
  { accountId, id }: IdentityKey,
  details: Record<string, string>,
): Promise<void> {
  const event = { type, accountId, actor: 'operator' as const, at: gate.clock.now() };
  return gate.audit(tx, { ...event, details: { identity: id, ...details } });
}
