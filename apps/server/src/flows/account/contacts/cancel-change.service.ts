import { linkOver } from '../../../factors/email-link/email-link.problems.ts';
import { readLinkToken } from '../../../factors/email-link/link-token.ts';
import type { KeptChange } from '../../../gate/account-ports.ts';
import { beginOperation } from '../../../gate/begin-operation.ts';
import { contactsToTell, tellContacts } from '../../../gate/contact-notices.ts';
import { maskContact } from '../../../gate/http/ceremony-view.ts';
import type { Contact, Presenter, Prover, Scene } from '../../../gate/model.ts';
import { approve, carryOut } from '../../../gate/operations.ts';
import { isRefusal } from '../../../gate/password-proof.ts';
import { cancelChangePolicy, OLD_CONTACT } from '../../../gate/policies.ts';
import { prove } from '../../../gate/prove.ts';
import { endEverything } from '../../../gate/sessions.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { foldEmailAddress } from '../../../platform/email-address.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { CANCEL_CHANGE } from './change-contact.service.ts';
import { claimAddress } from './claim-address.ts';
import type { ContactPorts } from './contacts.ports.ts';

const TRIES = { count: 30, perSeconds: 60 } as const;

interface Cancelling {
  prover: Prover;
  change: KeptChange;
  old: Contact;
}

/** Whose change a link undoes; spends nothing, so that whoever looks at a message does no harm. */
async function changeOf({ gate, links, changes }: ContactPorts, token: string): Promise<Cancelling> {
  const key = readLinkToken(token);
  const now = gate.clock.now();
  const found = await gate.transaction(async (tx) => {
    const link = key && (await links.findOpen(tx, key, CANCEL_CHANGE, now));
    if (!link?.accountId) return undefined;
    const open = await changes.open(tx, link.accountId, now);
    const change = open.find(({ id }) => id === link.subjectId);
    return { change, prover: await gate.accounts.load(tx, link.accountId) };
  });
  const { change, prover } = found ?? {};
  if (!change?.old || prover?.status !== 'active') throw linkOver();
  return { prover, change, old: change.old };
}

export interface ShownChange {
  kind: Contact['kind'];
  /** Masked. */
  old: string;
  changedAt: string;
  undoUntil: string;
}

/** @throws linkOver when it was used or has expired */
export async function checkCancel(
  ports: ContactPorts,
  token: string,
  client: ClientInfo,
): Promise<ShownChange> {
  ports.gate.limits.take(`cancel-change:${client.network}`, TRIES);
  const { change, old } = await changeOf(ports, token);
  return {
    kind: change.kind,
    old: maskContact(old),
    changedAt: change.changedAt.toISOString(),
    undoUntil: change.undoUntil.toISOString(),
  };
}

/**
 * The link speaks for the old contact: it takes its place again, every session ends, and the password is worth nothing
 * until another one is chosen, since whoever changed the contact knew it. No session opens.
 *
 * @throws linkOver, for all but one of several callers too
 */
export async function cancelChange(ports: ContactPorts, token: string, presenter: Presenter): Promise<void> {
  const { gate } = ports;
  gate.limits.take(`cancel-change:${presenter.client.network}`, TRIES);
  const cancelling = await changeOf(ports, token);
  const scene = await beginCancel(ports, cancelling, presenter);
  const { old: contact } = cancelling;
  try {
    await prove(gate, {
      scene,
      ask: { slot: OLD_CONTACT, method: 'email-link', target: contact.id },
      challengeId: null,
      response: { code: token },
      presenter,
      pending: { target: { authenticator: null, contact }, evidenceSlot: OLD_CONTACT },
      alongside: async (tx, proven) => {
        await approve(gate, tx, proven, presenter);
        const key = { subjectId: proven.prover.id, id: proven.ceremony.operationId ?? '' };
        await carryOut(gate, tx, key, () => undo(ports, tx, cancelling, presenter));
      },
    });
  } catch (error) {
    throw isRefusal(error) ? linkOver() : error;
  }
}

async function beginCancel(
  { gate }: ContactPorts,
  { prover, change, old }: Cancelling,
  presenter: Presenter,
): Promise<Scene> {
  const policy = cancelChangePolicy(old.id);
  return beginOperation(
    gate,
    prover,
    { type: CANCEL_CHANGE, details: { change: change.id }, policy },
    presenter,
  );
}

async function undo(
  ports: ContactPorts,
  tx: Tx,
  { change, old }: Cancelling,
  presenter: Presenter,
): Promise<void> {
  const { gate, authenticators, changes } = ports;
  const at = gate.clock.now();
  const prover = await gate.accounts.load(tx, change.accountId);
  if (!prover || !(await changes.undo(tx, change, at))) throw linkOver();
  const told = await contactsToTell(ports, tx, prover);
  await putBack(ports, tx, prover, change, old);
  await authenticators.freezePassword(tx, prover.id, at);
  await gate.attempts.forgetBrowsers(tx, prover.id);
  await endEverything(gate, tx, prover.id);
  const { kind, address } = old;
  const notice = { template: 'contact-change-undone' as const, kind, address };
  await tellContacts(ports, tx, prover, presenter, [old, ...told], notice);
  await gate.audit(tx, {
    type: 'contact-change-undone',
    accountId: prover.id,
    actor: 'holder',
    at,
    client: presenter.client,
    details: { kind, contact: old.id, replaced: change.newContactId, change: change.id },
  });
}

/** The old contact as it was, with its codes by SMS; what took its place is gone. It stays locked as long. */
async function putBack(
  ports: ContactPorts,
  tx: Tx,
  prover: Prover,
  change: KeptChange,
  old: Contact,
): Promise<void> {
  const { gate, contacts, authenticators, identifiers } = ports;
  const { id: accountId } = prover;
  const newer = prover.contacts.find((one) => one.id === change.newContactId);
  const lockedUntil = (await contacts.locks(tx, accountId)).get(change.newContactId);
  if (old.kind === 'email') await claimAddress(ports, tx, accountId, old.address);
  if (newer?.kind === 'email' && foldEmailAddress(newer.address) !== foldEmailAddress(old.address))
    await identifiers.release(tx, newer.address, accountId);
  const at = gate.clock.now();
  await contacts.insert(tx, accountId, { ...old, verifiedAt: at }, at);
  if (lockedUntil) await contacts.lock(tx, accountId, old.id, lockedUntil);
  if (newer) {
    await authenticators.moveToContact(tx, accountId, newer, old);
    await contacts.remove(tx, accountId, newer.id);
  }
  const { smsFactor } = change;
  const isThere = prover.authenticators.some(({ id }) => id === smsFactor?.id);
  if (smsFactor && !isThere) await bindCodes(ports, tx, accountId, old, smsFactor.bindingLevel);
}

/** Whoever took the number over may have taken its codes away: they come back with it. */
function bindCodes(
  { gate, authenticators }: ContactPorts,
  tx: Tx,
  accountId: string,
  phone: Contact,
  bindingLevel: 1 | 2 | 3,
): Promise<void> {
  const at = gate.clock.now();
  return authenticators.insert(tx, accountId, {
    id: uuidv7(at.getTime()),
    method: 'sms-code',
    state: 'active',
    channelId: phone.channelId,
    contactId: phone.id,
    bindingLevel,
    keyProtection: 'software',
    secret: null,
    label: '',
    at,
    expiresAt: null,
  });
}
