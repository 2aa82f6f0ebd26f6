import type { LinkTokens } from '../../../factors/email-link/email-link.factor.ts';
import { linkOver } from '../../../factors/email-link/email-link.problems.ts';
import { newLinkToken, readLinkToken } from '../../../factors/email-link/link-token.ts';
import { hashNewPassword, type PasswordChoice } from '../../../factors/password/choose-password.ts';
import type { Authenticators, Identifiers } from '../../../gate/account-ports.ts';
import { recogniseOwner } from '../../../gate/admit.ts';
import { beginCeremony } from '../../../gate/begin.ts';
import { ceremonyGone, codeRejected } from '../../../gate/gate.problems.ts';
import { mayMail } from '../../../gate/mail-limit.ts';
import type { Contact, EnrolledAuthenticator, Presenter, Prover, Scene } from '../../../gate/model.ts';
import { circumstances, notifyHolder } from '../../../gate/notices.ts';
import { approve, carryOut, propose } from '../../../gate/operations.ts';
import { resetPasswordPolicy } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';
import { prove } from '../../../gate/prove.ts';
import { endEverything } from '../../../gate/sessions.ts';
import { NOBODY } from '../../../platform/audit/audit.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { maskEmailAddress } from '../../../platform/email-address.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { Problem } from '../../../platform/http/problems.ts';
import type { Message } from '../../../platform/messages/messages.ts';

export interface ForgotPasswordPorts {
  gate: Gate;
  identifiers: Identifiers;
  links: LinkTokens;
  authenticators: Authenticators;
  passwords: PasswordChoice;
  queue(tx: Tx, message: Message): Promise<string>;
  settings: { issuer: string };
}

const PURPOSE = 'reset-password';
const LINK_SECONDS = 30 * 60;
const TRIES = { count: 30, perSeconds: 60 } as const;

/**
 * Sends the link, if the name is somebody's; whoever asks is told nothing either way.
 *
 * @param uid a relying party's request that waits in this browser: the link leads back to it
 */
export async function requestReset(
  ports: ForgotPasswordPorts,
  { identifier, uid }: { identifier: string; uid: string | undefined },
  presenter: Presenter,
): Promise<void> {
  const { gate, identifiers } = ports;
  gate.limits.take(`reset:${presenter.client.network}`, TRIES);
  const hmac = identifiers.hash(identifier);
  await gate.transaction(async (tx) => {
    const accountId = hmac && (await identifiers.find(tx, hmac));
    const prover = accountId ? await gate.accounts.load(tx, accountId) : undefined;
    const contact = prover?.status === 'active' ? confirmedEmail(prover) : undefined;
    if (prover && contact && mayMail(gate, contact.address))
      await sendLink(ports, tx, { prover, contact, uid, presenter });
    await gate.audit(tx, {
      type: 'reset-requested',
      accountId: prover?.id ?? NOBODY,
      actor: 'holder',
      at: gate.clock.now(),
      client: presenter.client,
      details: { knownAccount: prover !== undefined },
    });
  });
}

const confirmedEmail = (prover: Prover): Contact | undefined =>
  prover.contacts.find((one) => one.kind === 'email' && one.verifiedAt !== null);

async function sendLink(
  ports: ForgotPasswordPorts,
  tx: Tx,
  request: { prover: Prover; contact: Contact; uid: string | undefined; presenter: Presenter },
): Promise<void> {
  const { gate, links, settings } = ports;
  const { prover, contact, uid, presenter } = request;
  const createdAt = gate.clock.now();
  const link = newLinkToken(createdAt.getTime());
  await links.insert(tx, {
    id: link.id,
    secretHash: link.secretHash,
    purpose: PURPOSE,
    accountId: prover.id,
    subjectId: prover.id,
    addressHmac: gate.keyring.mac('contact-address', 'email', contact.address),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + LINK_SECONDS * 1000),
  });
  const { browser, place } = circumstances(gate, presenter.client);
  const query = uid === undefined ? '' : `?interaction=${encodeURIComponent(uid)}`;
  await ports.queue(tx, {
    channel: 'email',
    template: 'password-reset',
    to: contact.address,
    language: prover.language,
    accountId: prover.id,
    lifetimeSeconds: LINK_SECONDS,
    params: {
      link: `${settings.issuer}/reset-password${query}#${link.token}`,
      minutes: String(LINK_SECONDS / 60),
      browser,
      place,
    },
  });
}

/** Whose link it is; spends nothing, so that a mail scanner that opens it does no harm. */
async function holderOf(
  { gate, links }: ForgotPasswordPorts,
  token: string,
): Promise<{ prover: Prover; contact: Contact; password: EnrolledAuthenticator }> {
  const key = readLinkToken(token);
  const prover = await gate.transaction(async (tx) => {
    const link = key && (await links.findOpen(tx, key, PURPOSE, gate.clock.now()));
    return link?.accountId ? gate.accounts.load(tx, link.accountId) : undefined;
  });
  const contact = prover?.status === 'active' ? confirmedEmail(prover) : undefined;
  const password = prover?.authenticators.find((one) => one.method === 'password');
  if (!prover || !contact || !password) throw linkOver();
  return { prover, contact, password };
}

/** @throws linkOver when it was used, expired, or a newer one was sent */
export async function checkReset(
  ports: ForgotPasswordPorts,
  token: string,
  client: ClientInfo,
): Promise<{ email: string; minLength: number }> {
  ports.gate.limits.take(`reset:${client.network}`, TRIES);
  const { contact } = await holderOf(ports, token);
  return { email: maskEmailAddress(contact.address), minLength: ports.passwords.minLength };
}

/**
 * The link proves the address, for this reset and nothing else: a new password, every session ended, the
 * lock-out of the old one lifted. No session opens and no second factor is skipped.
 *
 * @returns the secret by which this browser is recognised: strangers cannot keep its owner out
 * @throws passwordRefused (the link stays good), linkOver
 */
export async function completeReset(
  ports: ForgotPasswordPorts,
  given: { token: string; password: string },
  presenter: Presenter,
): Promise<string> {
  const { gate } = ports;
  gate.limits.take(`reset:${presenter.client.network}`, TRIES);
  const { prover, contact, password } = await holderOf(ports, given.token);
  const names = { userId: prover.userId, email: contact.address };
  const phc = await hashNewPassword(ports.passwords, given.password, names);
  const scene = await beginReset(gate, prover, contact, presenter);
  const ask = { slot: 'address', method: 'email-link', target: contact.id };
  const response = { code: given.token };
  let recognised = '';
  const alongside = async (tx: Tx, proven: Scene) => {
    recognised = await apply(ports, tx, proven, { contact, password, phc }, presenter);
  };
  try {
    await prove(gate, { scene, ask, challengeId: null, response, presenter, alongside });
    return recognised;
  } catch (error) {
    throw isTooLate(error) ? linkOver() : error;
  }
}

/** Somebody else used the link at the same moment: it was spent, or the account had moved on by then. */
const isTooLate = (error: unknown): boolean =>
  error instanceof Problem && (error.slug === codeRejected.type || error.slug === ceremonyGone.type);

async function beginReset(
  gate: Gate,
  prover: Prover,
  contact: Contact,
  presenter: Presenter,
): Promise<Scene> {
  const policy = resetPasswordPolicy(contact.id);
  const operation = await gate.transaction((tx) =>
    propose(gate, tx, {
      subjectId: prover.id,
      initiatorId: prover.id,
      type: PURPOSE,
      details: {},
      summary: {},
      policy,
      approvalsNeeded: 1,
      lifetimeSeconds: gate.settings.ceremonySeconds,
    }),
  );
  const context = { clientId: null, interaction: null, operationDigest: operation.digest };
  return beginCeremony(
    gate,
    { prover, purpose: PURPOSE, policy, context, operationId: operation.id },
    presenter,
  );
}

async function apply(
  { gate, authenticators }: ForgotPasswordPorts,
  tx: Tx,
  scene: Scene,
  change: { contact: Contact; password: EnrolledAuthenticator; phc: string },
  presenter: Presenter,
): Promise<string> {
  const { prover, ceremony } = scene;
  await approve(gate, tx, scene, presenter);
  return carryOut(gate, tx, { subjectId: prover.id, id: ceremony.operationId ?? '' }, async () => {
    const { contact, password, phc } = change;
    // Bound to the mailbox from now on: it and this password are one channel until a second factor was shown.
    await authenticators.replaceSecret(tx, prover.id, password.id, phc, contact.channelId);
    await gate.attempts.reset(tx, prover.id, 'password');
    const recognised = await recogniseOwner(gate, tx, prover.id);
    await endEverything(gate, tx, prover.id);
    await gate.audit(tx, {
      type: 'reset-completed',
      accountId: prover.id,
      actor: 'holder',
      at: gate.clock.now(),
      client: presenter.client,
      details: { purpose: PURPOSE },
    });
    await notifyHolder(gate, tx, prover, presenter, { template: 'password-changed' });
    return recognised;
  });
}
