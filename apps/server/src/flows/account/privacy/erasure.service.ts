import type { LinkTokens } from '../../../factors/email-link/email-link.factor.ts';
import { newLinkToken, readLinkToken } from '../../../factors/email-link/link-token.ts';
import type { AccountWriter } from '../../../gate/account-ports.ts';
import type { Presenter, Prover } from '../../../gate/model.ts';
import { notifyHolder } from '../../../gate/notices.ts';
import type { Gate } from '../../../gate/ports.ts';
import { endEverything } from '../../../gate/sessions.ts';
import type { Identities } from '../../../identities/identities.ports.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { Erasures } from './privacy.ports.ts';
import { erasureGone, identityHeld } from './privacy.problems.ts';
import { CANCEL_MS } from './times.ts';

export interface ErasurePorts {
  gate: Gate;
  accounts: AccountWriter;
  identities: Identities;
  erasures: Erasures;
  links: LinkTokens;
  settings: { issuer: string };
}

const PURPOSE = 'cancel-erasure';

/** Whether an identity is in the way: it has to be revoked first, which takes a form and an operator. */
export async function holdsIdentity(
  { identities }: Pick<ErasurePorts, 'identities'>,
  tx: Tx,
  accountId: string,
) {
  const held = await identities.ofAccount(tx, accountId);
  return { now: held.some(({ state }) => state !== 'revoked'), ever: held.length > 0 };
}

/**
 * Closes an account at once, in the transaction that allowed it: nothing that was given to it is good any more. It is
 * deleted when the days are over in which its holder may think better of it.
 *
 * @returns when it will be deleted
 * @throws identityHeld
 */
export async function requestErasure(
  ports: ErasurePorts,
  tx: Tx,
  prover: Prover,
  presenter: Presenter,
): Promise<Date> {
  const { gate, accounts, erasures } = ports;
  if ((await holdsIdentity(ports, tx, prover.id)).now) throw identityHeld();
  const now = gate.clock.now();
  const beginsAt = new Date(now.getTime() + CANCEL_MS);
  await erasures.insert(tx, { id: uuidv7(now.getTime()), accountId: prover.id, beginsAt }, now);
  await accounts.setClosed(tx, prover.id, true);
  await endEverything(gate, tx, prover.id);
  const cancelLink = await newCancelLink(ports, tx, prover, beginsAt);
  await notifyHolder(gate, tx, prover, presenter, {
    template: 'erasure-requested',
    params: { beginsWhen: beginsAt.toISOString() },
    mailed: { cancelLink },
  });
  return beginsAt;
}

async function newCancelLink(
  { gate, links, settings }: ErasurePorts,
  tx: Tx,
  { id: accountId }: Prover,
  expiresAt: Date,
): Promise<string> {
  const createdAt = gate.clock.now();
  const { id, token, secretHash } = newLinkToken(createdAt.getTime());
  const addressHmac = gate.keyring.mac(PURPOSE, accountId);
  const subject = { accountId, subjectId: accountId, addressHmac };
  await links.insert(tx, { id, secretHash, purpose: PURPOSE, ...subject, createdAt, expiresAt });
  return `${settings.issuer}/keep-account#${token}`;
}

/**
 * The holder thinks better of it, by the link that went to the confirmed addresses: the account is open again, and
 * its holder signs in anew.
 *
 * @throws erasureGone (also for all but one of several callers)
 */
export async function cancelErasure(ports: ErasurePorts, token: string, presenter: Presenter): Promise<void> {
  const { gate, accounts, erasures, links } = ports;
  const key = readLinkToken(token);
  if (!key) throw erasureGone();
  await gate.transaction(async (tx) => {
    const now = gate.clock.now();
    const link = await links.findOpen(tx, key, PURPOSE, now);
    if (!link?.accountId || !(await links.spend(tx, key, PURPOSE, now))) throw erasureGone();
    const { accountId } = link;
    await gate.accounts.lock(tx, accountId);
    if (!(await erasures.cancel(tx, accountId, now))) throw erasureGone();
    await accounts.setClosed(tx, accountId, false);
    const { client } = presenter;
    const event = {
      type: 'erasure-cancelled' as const,
      accountId,
      actor: 'holder' as const,
      at: now,
      client,
    };
    await gate.audit(tx, { ...event, details: {} });
    const prover = await gate.accounts.load(tx, accountId);
    if (prover) await notifyHolder(gate, tx, prover, presenter, { template: 'erasure-cancelled' });
  });
}
