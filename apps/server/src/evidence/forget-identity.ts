import type { Cases } from '../cases/cases.ports.ts';
import type { Prover } from '../gate/model.ts';
import type { IdentityKey } from '../identities/agenda.ts';
import type { Identities } from '../identities/identities.ports.ts';
import { type AuditEvent, NOBODY } from '../platform/audit/audit.ts';
import type { Tx } from '../platform/database/database.ts';

export interface ForgetPorts {
  identities: Pick<Identities, 'ofAccount' | 'forget'>;
  cases: Pick<Cases, 'forgetAbout'>;
  /** Deletes what there is of an account; leaves that it was there. */
  eraseAccount(tx: Tx, accountId: string): Promise<void>;
  audit(tx: Tx, event: AuditEvent): Promise<void>;
}

/**
 * Erases the evidence of an identity whose last day is over ([SPID-ENR-6]), in the caller's transaction, which holds the
 * account. An account that was closed with it is erased whole, unless it held another one.
 */
export async function forgetIdentity(
  ports: ForgetPorts,
  tx: Tx,
  { accountId, id }: IdentityKey,
  { status, at }: Pick<Prover, 'status'> & { at: Date },
): Promise<void> {
  const { identities, cases, audit } = ports;
  const held = await identities.ofAccount(tx, accountId);
  const event = { actor: 'system' as const, at };
  if (status === 'closed' && held.every((one) => one.id === id)) {
    await ports.eraseAccount(tx, accountId);
    // Under nobody's key: the account's own is destroyed.
    await audit(tx, {
      ...event,
      type: 'account-erased',
      accountId: NOBODY,
      details: { account: accountId, identity: id },
    });
    return;
  }
  await cases.forgetAbout(tx, accountId, id);
  await identities.forget(tx, accountId, id);
  await audit(tx, { ...event, type: 'identity-forgotten', accountId, details: { identity: id } });
}
