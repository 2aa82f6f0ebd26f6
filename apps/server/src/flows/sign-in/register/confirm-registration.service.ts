import { linkOver } from '../../../factors/email-link/email-link.problems.ts';
import { readLinkToken } from '../../../factors/email-link/link-token.ts';
import type { AccountWriter, Authenticators, Contacts } from '../../../gate/account-ports.ts';
import type { Presenter } from '../../../gate/model.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { randomId } from '../../../platform/ids.ts';
import { newUserId } from '../../../platform/user-id.ts';
import { registrationPasswordNeeded, registrationPasswordWrong } from './register.problems.ts';
import type { RegisterPorts, Registration } from './register.service.ts';

export interface ConfirmPorts extends RegisterPorts {
  accounts: AccountWriter;
  contacts: Contacts;
  authenticators: Authenticators;
}

export interface NewHolder {
  userId: string;
  email: string;
  /** Where to sign in: at the request that led here if it still waits, else at the portal it came from. */
  continueTo: string;
}

const TRIES = { count: 30, perSeconds: 60 } as const;
const PASSWORD_TRIES = { count: 5, perSeconds: 3600 } as const;

/**
 * The link came back: the address is theirs, and the account comes to be, in one transaction that spends the
 * link. Opens no session.
 *
 * @throws registrationPasswordNeeded, registrationPasswordWrong where the link is opened in another browser
 * @throws linkOver also when the address meanwhile got an account
 */
export async function confirmRegistration(
  ports: ConfirmPorts,
  { token, password }: { token: string; password?: string | undefined },
  presenter: Presenter,
): Promise<NewHolder> {
  const { gate, links, registrations } = ports;
  gate.limits.take(`register:${presenter.client.network}`, TRIES);
  const key = readLinkToken(token);
  if (!key) throw linkOver();
  await assertRegistrant(ports, key, password, presenter);
  const { registration, userId } = await gate.transaction(async (tx) => {
    const now = gate.clock.now();
    const link = await links.findOpen(tx, key, 'confirm-address', now);
    const found = link && (await registrations.find(tx, link.subjectId, now));
    if (!found || !(await links.spend(tx, key, 'confirm-address', now))) throw linkOver();
    return { registration: found, userId: await createAccount(ports, tx, found, presenter) };
  });
  const continueTo = await whereNext(ports, registration, presenter);
  return { userId, email: registration.email, continueTo };
}

/**
 * Whoever confirms an address is not always who registered it: a stranger may have, with a password of theirs, and
 * wait for the owner's click. In another browser than the registration's, its password is asked for.
 */
async function assertRegistrant(
  { gate, links, registrations, passwords }: ConfirmPorts,
  key: { id: string; secretHash: Buffer },
  password: string | undefined,
  presenter: Presenter,
): Promise<void> {
  const now = gate.clock.now();
  const found = await gate.transaction(async (tx) => {
    const link = await links.findOpen(tx, key, 'confirm-address', now);
    return link && registrations.find(tx, link.subjectId, now);
  });
  if (!found) throw linkOver();
  if (found.bindingHash.equals(presenter.bindingHash)) return;
  if (password === undefined) throw registrationPasswordNeeded();
  gate.limits.take(`confirm:${found.id}`, PASSWORD_TRIES);
  if (!(await passwords.hasher.verify(password, found.passwordHash))) throw registrationPasswordWrong();
}

async function createAccount(
  ports: ConfirmPorts,
  tx: Tx,
  registration: Registration,
  presenter: Presenter,
): Promise<string> {
  const { gate, accounts, identifiers, registrations } = ports;
  const at = gate.clock.now();
  const id = randomId();
  const isConfirmed = await registrations.confirm(tx, registration.id, id, at);
  const isFree = await identifiers.claim(tx, { kind: 'email', value: registration.email }, id);
  if (!isConfirmed || !isFree) throw linkOver();
  const userId = await claimUserId(ports, tx, id);
  await accounts.create(tx, { id, userId, language: registration.language, at });
  await addContacts(ports, tx, id, registration, at);
  await addPassword(ports, tx, id, registration.passwordHash, at);
  await ports.queue(tx, {
    channel: 'email',
    template: 'account-ready',
    to: registration.email,
    language: registration.language,
    accountId: id,
    params: { userId },
  });
  await gate.audit(tx, {
    type: 'account-created',
    accountId: id,
    actor: 'holder',
    at,
    client: presenter.client,
    details: { registration: registration.id },
  });
  return userId;
}

/** A free user id: collisions are as good as impossible, and tried again. */
async function claimUserId(ports: ConfirmPorts, tx: Tx, accountId: string): Promise<string> {
  const value = newUserId();
  const isFree = await ports.identifiers.claim(tx, { kind: 'user-id', value }, accountId);
  return isFree ? value : claimUserId(ports, tx, accountId);
}

async function addContacts(
  { contacts }: ConfirmPorts,
  tx: Tx,
  accountId: string,
  { email, phone }: Registration,
  at: Date,
): Promise<void> {
  const contact = () => ({ id: randomId(), channelId: randomId() });
  await contacts.insert(tx, accountId, { ...contact(), kind: 'email', address: email, verifiedAt: at }, at);
  if (phone === null) return;
  await contacts.insert(tx, accountId, { ...contact(), kind: 'phone', address: phone, verifiedAt: null }, at);
}

async function addPassword(
  { authenticators }: ConfirmPorts,
  tx: Tx,
  accountId: string,
  passwordHash: string,
  at: Date,
): Promise<void> {
  const id = randomId();
  await authenticators.insert(tx, accountId, {
    id,
    method: 'password',
    state: 'active',
    channelId: id,
    contactId: null,
    bindingLevel: 3,
    keyProtection: 'memory',
    secret: passwordHash,
    label: '',
    at,
    expiresAt: null,
  });
}

async function whereNext(
  { interactions }: RegisterPorts,
  registration: Registration,
  presenter: Presenter,
): Promise<string> {
  const { interaction: uid, homeUrl } = registration;
  const isWaiting = uid !== null && (await interactions.find(uid, presenter)) !== undefined;
  if (isWaiting) return `/sign-in?interaction=${encodeURIComponent(uid)}`;
  return homeUrl ?? '/sign-in';
}
