import { romeDayOf } from '@sigillo/identity';
import { type ClosingPorts, closeAccount } from '../gate/close-account.ts';
import { notifyHolder } from '../gate/notices.ts';
import { endEverything } from '../gate/sessions.ts';
import type { Tx } from '../platform/database/database.ts';
import type { IdentityKey } from './agenda.ts';
import type { Identities } from './identities.ports.ts';
import { evidenceMissing, identityGone, moveRefused } from './identities.problems.ts';
import type { Identity } from './identity.ts';
import { moveIdentity } from './move-identity.service.ts';

export interface RevocationPorts extends ClosingPorts {
  identities: Identities;
}

/** Why an identity ends for good, and who answers for it. */
export type RevocationWish =
  | { by: 'platform'; cause: 'unused' | 'contract-end' }
  | {
      by: 'two-operators';
      cause: 'holder-request' | 'death' | 'legal-person-extinct' | 'illicit-use';
      /** Accounts of the two who agreed. */
      operators: readonly [string, string];
      /** Where the documents are kept by which it was verified. */
      evidence: string;
    };

/** Only a person dies, only a company is dissolved. */
const CONCERNS: Partial<Record<RevocationWish['cause'], readonly Identity['type'][]>> = {
  death: [1, 3, 4],
  'legal-person-extinct': [2, 4],
};

/** Whether an identity of a type can end for a cause. */
export const canEndFor = (cause: RevocationWish['cause'], type: Identity['type']): boolean =>
  CONCERNS[cause]?.includes(type) !== false;

/**
 * Revokes an identity, in the transaction of the operation that allowed it, and with it everything that it was used by
 * [SPID-IDL-9]: every session and token of its account ends; where the account holds no other identity it is closed, with
 * its password, factors and apps. Apps that wait are woken by `wakeApps`, after the commit.
 *
 * @throws identityGone
 * @throws moveRefused when it is revoked already, was never issued, or cannot end for this cause
 * @throws evidenceMissing when two operators are not two, or nothing was verified [SPID-IDL-5]
 */
export async function revokeIdentity(
  ports: RevocationPorts,
  tx: Tx,
  key: IdentityKey,
  wish: RevocationWish,
): Promise<void> {
  const { gate, identities } = ports;
  const { clock } = gate;
  const { accountId, id } = key;
  if (wish.by === 'two-operators' && !isVerified(wish)) throw evidenceMissing();
  await gate.accounts.lock(tx, accountId);
  const prover = await gate.accounts.load(tx, accountId);
  const identity = await identities.find(tx, accountId, id);
  if (!prover || !identity) throw identityGone();
  if (!canEndFor(wish.cause, identity.type)) throw moveRefused();
  await moveIdentity({ identities, clock }, tx, key, {
    move: { type: 'revoke', cause: wish.cause },
    actor: wish.by,
  });
  const left = (await identities.ofAccount(tx, accountId)).filter(({ state }) => state !== 'revoked');
  const isLast = left.length === 0;
  if (isLast) await closeAccount(ports, tx, prover);
  else await endEverything(gate, tx, accountId);
  await record(ports, tx, key, wish, isLast);
  const params = { day: romeDayOf(clock.nowMs()), identityCause: wish.cause };
  await notifyHolder(gate, tx, prover, null, { template: 'identity-revoked', params, bySms: true });
}

const isVerified = ({ operators: [first, second], evidence }: RevocationWish & { by: 'two-operators' }) =>
  first !== second && evidence.trim() !== '';

async function record(
  { gate }: RevocationPorts,
  tx: Tx,
  { accountId, id }: IdentityKey,
  wish: RevocationWish,
  isLast: boolean,
): Promise<void> {
  const event = {
    accountId,
    actor: wish.by === 'platform' ? ('system' as const) : ('operator' as const),
    at: gate.clock.now(),
  };
  const { by, cause } = wish;
  const decided =
    by === 'two-operators' ? { operators: wish.operators.join(' '), evidence: wish.evidence } : {};
  const details = { identity: id, cause, accountClosed: isLast, ...decided };
  await gate.audit(tx, { ...event, type: 'identity-revoked', details });
  if (isLast) await gate.audit(tx, { ...event, type: 'account-closed', details: { identity: id } });
}
