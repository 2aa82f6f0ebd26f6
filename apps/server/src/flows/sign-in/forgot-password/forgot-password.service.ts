import { linkOver } from '../../../factors/email-link/email-link.problems.ts';
import { readLinkToken } from '../../../factors/email-link/link-token.ts';
import {
  type ChosenPassword,
  chooseForHolder,
  type HolderPasswords,
} from '../../../factors/password/holder-passwords.ts';
import type { Authenticators, Identifiers } from '../../../gate/account-ports.ts';
import { beginOperation } from '../../../gate/begin-operation.ts';
import { ceremonyGone, codeRejected } from '../../../gate/gate.problems.ts';
import { mayMail } from '../../../gate/mail-limit.ts';
import type { Contact, EnrolledAuthenticator, Presenter, Prover, Scene } from '../../../gate/model.ts';
import { approve, carryOut } from '../../../gate/operations.ts';
import { resetPasswordPolicy } from '../../../gate/policies.ts';
import type { Gate } from '../../../gate/ports.ts';
import { prove } from '../../../gate/prove.ts';
import { type PastPasswords, replacePassword } from '../../../gate/replace-password.ts';
import { NOBODY } from '../../../platform/audit/audit.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { maskEmailAddress } from '../../../platform/email-address.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { Problem } from '../../../platform/http/problems.ts';
import {
  confirmedEmail,
  RESET_PASSWORD,
  type ResetLinkPorts,
  sendResetLink,
} from '../../../recovery/reset-link.ts';

export interface ForgotPasswordPorts extends ResetLinkPorts {
  gate: Gate;
  identifiers: Identifiers;
  authenticators: Authenticators;
  passwords: HolderPasswords;
  pastPasswords: PastPasswords;
}

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
      await sendResetLink(ports, tx, { prover, contact, uid, from: presenter });
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

/** Whose link it is; spends nothing, so that a mail scanner that opens it does no harm. */
async function holderOf(
  { gate, links }: ForgotPasswordPorts,
  token: string,
): Promise<{ prover: Prover; contact: Contact; password: EnrolledAuthenticator }> {
  const key = readLinkToken(token);
  const prover = await gate.transaction(async (tx) => {
    const link = key && (await links.findOpen(tx, key, RESET_PASSWORD, gate.clock.now()));
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
): Promise<{ email: string; minLength: number; identity: boolean }> {
  ports.gate.limits.take(`reset:${client.network}`, TRIES);
  const { contact, prover } = await holderOf(ports, token);
  const { minLength } = ports.passwords;
  return { email: maskEmailAddress(contact.address), minLength, identity: prover.holdsIdentity === true };
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
  const chosen = await chooseForHolder(ports.passwords, prover, given.password, null);
  const scene = await beginReset(gate, prover, contact, presenter);
  const ask = { slot: 'address', method: 'email-link', target: contact.id };
  const response = { code: given.token };
  let recognised = '';
  const alongside = async (tx: Tx, proven: Scene) => {
    recognised = await apply(ports, tx, proven, { contact, password, chosen }, presenter);
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

function beginReset(gate: Gate, prover: Prover, contact: Contact, presenter: Presenter): Promise<Scene> {
  const policy = resetPasswordPolicy(contact.id);
  return beginOperation(gate, prover, { type: RESET_PASSWORD, details: {}, policy }, presenter);
}

async function apply(
  ports: ForgotPasswordPorts,
  tx: Tx,
  scene: Scene,
  change: { contact: Contact; password: EnrolledAuthenticator; chosen: ChosenPassword },
  presenter: Presenter,
): Promise<string> {
  const { gate } = ports;
  const { prover, ceremony } = scene;
  await approve(gate, tx, scene, presenter);
  return carryOut(gate, tx, { subjectId: prover.id, id: ceremony.operationId ?? '' }, () => {
    const { contact, password, chosen } = change;
    // Bound to the mailbox from now on: it and this password are one channel until a second factor was shown.
    const next = { id: password.id, channelId: contact.channelId, ...chosen };
    return replacePassword(ports, tx, prover, next, { presenter, recordedAs: 'reset-completed' });
  });
}
