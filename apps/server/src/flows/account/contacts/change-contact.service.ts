import { newLinkToken } from '../../../factors/email-link/link-token.ts';
import { phoneNotAccepted } from '../../../factors/sms-code/sms-code.problems.ts';
import {
  beginContactChange,
  type ContactChange,
  type ContactKind,
  challengeNewContact,
  nameNewContact,
  openContactChange,
  proposeContactChange,
  proveNewContact,
} from '../../../gate/change-contact.ts';
import { contactsToTell, tellContacts } from '../../../gate/contact-notices.ts';
import { operationGone, signInNeeded } from '../../../gate/gate.problems.ts';
import type { Allowed } from '../../../gate/http/sensitive.ts';
import type { Contact, Presenter, Prover, Scene, Session, StartedChallenge } from '../../../gate/model.ts';
import type { Operation } from '../../../gate/operation.ts';
import { liveness } from '../../../gate/sessions.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { foldEmailAddress, parseEmailAddress } from '../../../platform/email-address.ts';
import { parsePhone } from '../../../platform/phone-number.ts';
import { claimAddress } from './claim-address.ts';
import type { ContactPorts } from './contacts.ports.ts';
import { contactLocked, contactTheSame, emailNotAccepted } from './contacts.problems.ts';

const HOUR_MS = 60 * 60 * 1000;
/** How long a contact that was changed stays as it is ([REC-6]). */
const LOCKED_MS = 6 * 24 * HOUR_MS;
/** How long the one that it replaced can undo that. */
const UNDO_MS = 72 * HOUR_MS;
export const CANCEL_CHANGE = 'cancel-change';

/**
 * Proposes the change, in the transaction that allowed it.
 *
 * @throws contactLocked, methodUnavailable
 */
export async function proposeChange(
  { gate, contacts }: ContactPorts,
  { tx, prover }: Pick<Allowed, 'tx' | 'prover'>,
  kind: ContactKind,
): Promise<Operation> {
  const lockedUntil = await lockOf({ contacts, gate }, tx, prover, kind);
  if (lockedUntil) throw contactLocked({ until: lockedUntil.toISOString() });
  return proposeContactChange(gate, tx, prover, kind);
}

async function lockOf(
  { gate, contacts }: Pick<ContactPorts, 'gate' | 'contacts'>,
  tx: Tx,
  prover: Prover,
  kind: ContactKind,
): Promise<Date | undefined> {
  const locks = await contacts.locks(tx, prover.id);
  const own = prover.contacts.filter((one) => one.kind === kind);
  return own.map(({ id }) => locks.get(id)).find((until) => until !== undefined && until > gate.clock.now());
}

/** The ceremony that follows. */
export const beginChange = (ports: ContactPorts, allowed: Omit<Allowed, 'tx'>, operation: Operation) =>
  beginContactChange(ports.gate, allowed.prover, operation, allowed.presenter, allowed.session.evidence);

/**
 * Names the new address and sends the code to it. Of an address that another account has, its owner is told instead;
 * whoever asks is answered alike.
 *
 * @throws emailNotAccepted, phoneNotAccepted, contactTheSame; methodUnavailable before it is authorised; sendLater
 */
export async function nameAddress(
  ports: ContactPorts,
  session: Session,
  given: { ceremony: string; address: string },
  presenter: Presenter,
): Promise<{ scene: Scene; contact: Contact; challenge: StartedChallenge }> {
  const { gate } = ports;
  const opened = await openContactChange(gate, given.ceremony, presenter, session.accountId);
  const kind: ContactKind = opened.ceremony.purpose === 'change-email' ? 'email' : 'phone';
  const address = kind === 'email' ? readEmail(given.address) : readPhone(ports, given.address);
  if (opened.prover.contacts.some((one) => one.verifiedAt && isSame(one, address))) throw contactTheSame();
  const firstNamed = async (tx: Tx) => {
    const to = await contactsToTell(ports, tx, opened.prover);
    const notice = { template: 'contact-change-requested' as const, kind, address };
    await tellContacts(ports, tx, opened.prover, presenter, to, notice);
    await gate.audit(tx, {
      type: 'contact-change-requested',
      accountId: session.accountId,
      actor: 'holder',
      at: gate.clock.now(),
      client: presenter.client,
      details: { kind, operation: opened.ceremony.operationId },
    });
  };
  const { scene, contact } = await nameNewContact(gate, opened, address, presenter, firstNamed);
  return { scene, contact, challenge: await challengeNewContact(gate, scene, presenter) };
}

function readEmail(text: string): string {
  const address = parseEmailAddress(text);
  if (address === undefined) throw emailNotAccepted();
  return address;
}

function readPhone({ settings }: ContactPorts, text: string): string {
  const parsed = parsePhone(text, settings.allowedPhoneCountries);
  if ('reason' in parsed) throw phoneNotAccepted({ reason: parsed.reason });
  return parsed.e164;
}

const isSame = (contact: Contact, address: string): boolean =>
  foldEmailAddress(contact.address) === foldEmailAddress(address);

/**
 * The code to the new address carries the change out. Every other session ends.
 *
 * @returns when it can be changed again
 * @throws codeRejected, challengeOver, ceremonyGone, operationGone, methodUnavailable, signInNeeded
 */
export async function finishChange(
  ports: ContactPorts,
  session: Session,
  given: { ceremony: string; challenge: string; code: string },
  presenter: Presenter,
): Promise<Date> {
  const { gate } = ports;
  const scene = await openContactChange(gate, given.ceremony, presenter, session.accountId);
  const { challenge: challengeId, code } = given;
  const lockedUntil = new Date(gate.clock.nowMs() + LOCKED_MS);
  await proveNewContact(gate, { scene, challengeId, code, presenter }, (tx, change) =>
    applyChange(ports, tx, { change, session, presenter, lockedUntil }),
  );
  return lockedUntil;
}

interface Applying {
  change: ContactChange;
  session: Session;
  presenter: Presenter;
  lockedUntil: Date;
}

async function applyChange(ports: ContactPorts, tx: Tx, applying: Applying): Promise<void> {
  const { gate } = ports;
  const { change, session, presenter } = applying;
  const { contact, replaces } = change;
  const live = await gate.sessions.lockLive(tx, session, liveness(gate));
  const prover = live && (await gate.accounts.load(tx, session.accountId));
  if (!prover) throw signInNeeded();
  const old = prover.contacts.find((one) => one.id === replaces) ?? null;
  if ((replaces !== null && !old) || (await lockOf(ports, tx, prover, contact.kind))) throw operationGone();
  // The one before stays the account's own while the change can be undone.
  if (contact.kind === 'email') await claimAddress(ports, tx, prover.id, contact.address);
  const told = await contactsToTell(ports, tx, prover);
  await replaceContact(ports, tx, prover, old, applying);
  const epoch = await gate.accounts.raiseEpoch(tx, prover.id);
  await gate.sessions.endAll(tx, prover.id, session.id, gate.clock.now());
  await gate.sessions.moveToEpoch(tx, session, epoch);
  const cancel = old && (await cancelLink(ports, tx, prover.id, change.operationId, old));
  await tellContacts(ports, tx, prover, presenter, [...told, contact], {
    template: 'contact-changed',
    kind: contact.kind,
    address: contact.address,
    ...(cancel && { cancel }),
  });
  await gate.audit(tx, {
    type: 'contact-changed',
    accountId: prover.id,
    actor: 'holder',
    at: gate.clock.now(),
    client: presenter.client,
    details: { kind: contact.kind, contact: contact.id, replaced: replaces },
  });
}

/** One for the other, with everything that hangs on it; what was never confirmed goes too. */
async function replaceContact(
  { gate, authenticators, contacts, changes }: ContactPorts,
  tx: Tx,
  prover: Prover,
  old: Contact | null,
  { change, lockedUntil }: Applying,
): Promise<void> {
  const { contact, operationId } = change;
  const changedAt = gate.clock.now();
  await contacts.insert(tx, prover.id, contact, changedAt);
  await contacts.lock(tx, prover.id, contact.id, lockedUntil);
  if (old) await authenticators.moveToContact(tx, prover.id, old, contact);
  for (const one of prover.contacts)
    if (one.kind === contact.kind && (one.id === old?.id || !one.verifiedAt))
      await contacts.remove(tx, prover.id, one.id);
  const sms = prover.authenticators.find((one) => old && one.contactId === old.id);
  await changes.insert(tx, {
    accountId: prover.id,
    id: operationId,
    kind: contact.kind,
    old,
    smsFactor: sms ? { id: sms.id, bindingLevel: sms.bindingLevel } : null,
    newContactId: contact.id,
    changedAt,
    undoUntil: new Date(changedAt.getTime() + UNDO_MS),
  });
}

/** What the old contact is sent: good for one use, by whoever reads it there. */
async function cancelLink(
  { gate, links, settings }: ContactPorts,
  tx: Tx,
  accountId: string,
  operationId: string,
  old: Contact,
): Promise<{ contact: Contact; link: string; until: Date }> {
  const createdAt = gate.clock.now();
  const until = new Date(createdAt.getTime() + UNDO_MS);
  const { id, secretHash, token } = newLinkToken(createdAt.getTime());
  await links.insert(tx, {
    id,
    secretHash,
    purpose: CANCEL_CHANGE,
    accountId,
    subjectId: operationId,
    addressHmac: gate.keyring.mac('contact-address', old.kind, old.address),
    createdAt,
    expiresAt: until,
  });
  return { contact: old, link: `${settings.issuer}/${CANCEL_CHANGE}#${token}`, until };
}
