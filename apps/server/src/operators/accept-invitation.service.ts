import { linkOver } from '../factors/email-link/email-link.problems.ts';
import { readLinkToken } from '../factors/email-link/link-token.ts';
import { hashNewPassword, type PasswordChoice } from '../factors/password/choose-password.ts';
import type { Authenticators } from '../gate/account-ports.ts';
import { beginCeremony, openCeremony } from '../gate/begin.ts';
import { challengeNewFactor, proveNewFactor } from '../gate/enrol.ts';
import { ceremonyGone } from '../gate/gate.problems.ts';
import { handleOf } from '../gate/handle.ts';
import type { Presenter, Prover, Scene, StartedChallenge } from '../gate/model.ts';
import type { Operator } from '../gate/operators.ts';
import { OPERATOR_SET_UP } from '../gate/policies.ts';
import type { Gate } from '../gate/ports.ts';
import { endEverything } from '../gate/sessions.ts';
import type { Tx } from '../platform/database/database.ts';
import { randomId, uuidv7 } from '../platform/ids.ts';
import { type InvitePorts, OPERATOR_INVITATION } from './invite-operator.service.ts';
import { keyNotBound } from './operators.problems.ts';
import { tellAdministrators } from './tell-administrators.ts';

export interface AcceptPorts extends InvitePorts {
  gate: Gate;
  authenticators: Authenticators;
  passwords: PasswordChoice;
}

const TRIES = { count: 30, perSeconds: 60 } as const;

interface OpenInvitation {
  key: { id: string; secretHash: Buffer };
  operator: Operator;
  prover: Prover;
  email: string;
}

/**
 * The invitation that a link carries. Looking spends nothing.
 *
 * @throws linkOver when it was used, expired, voided by a newer one, or the operator was removed meanwhile
 */
export async function openInvitation(
  { gate, links, operators, accounts }: AcceptPorts,
  token: string,
  presenter: Presenter,
): Promise<OpenInvitation> {
  gate.limits.take(`invitation:${presenter.client.network}`, TRIES);
  const key = readLinkToken(token);
  const found =
    key &&
    (await gate.single(async (tx) => {
      const link = await links.findOpen(tx, key, OPERATOR_INVITATION, gate.clock.now());
      const operator = link && (await operators.find(tx, link.subjectId));
      const prover = operator && (await accounts.load(tx, operator.accountId));
      return prover && { operator, prover };
    }));
  if (!key || found?.operator.state !== 'invited') throw linkOver();
  const email = found.prover.contacts.find((one) => one.kind === 'email')?.address ?? '';
  return { ...found, key, email };
}

export interface KeyAsked {
  ceremony: string;
  enrolment: string;
  challenge: StartedChallenge;
}

/**
 * Begins to make the operator's key, once the password is one that may be chosen. Nothing of it counts before the key
 * has answered.
 *
 * @throws linkOver, passwordRefused
 */
export async function startKey(
  ports: AcceptPorts,
  given: { token: string; password: string },
  presenter: Presenter,
): Promise<KeyAsked> {
  const { gate, authenticators, passwords } = ports;
  const { prover, email } = await openInvitation(ports, given.token, presenter);
  await hashNewPassword(passwords, given.password, { email });
  const context = { clientId: null, interaction: null, operationDigest: null };
  const policy = { needs: [], bound: false };
  const scene = await beginCeremony(gate, { prover, purpose: OPERATOR_SET_UP, policy, context }, presenter);
  const id = uuidv7(gate.clock.nowMs());
  const at = gate.clock.now();
  const pending = {
    id,
    method: 'passkey',
    state: 'pending' as const,
    channelId: randomId(),
    contactId: null,
    bindingLevel: 1 as const,
    keyProtection: 'hardware' as const,
    secret: null,
    label: '',
    at,
    expiresAt: scene.ceremony.expiresAt,
  };
  await gate.transaction((tx) => authenticators.insert(tx, prover.id, pending));
  const target = await gate.single((tx) => gate.accounts.loadPending(tx, prover.id, id, at));
  if (!target) throw ceremonyGone();
  const enrolment = { authenticatorId: id, method: 'passkey', target };
  const challenge = await challengeNewFactor(gate, scene, enrolment, presenter);
  return { ceremony: handleOf(scene.ceremony), enrolment: id, challenge };
}

export interface Acceptance {
  token: string;
  name: string;
  password: string;
  language: 'it' | 'en';
  ceremony: string;
  enrolment: string;
  challenge: string;
  credential: object;
}

/**
 * Takes an invitation up: the key answers, the link is spent, password and key are the operator's, all or nothing. Opens
 * no session.
 *
 * @throws linkOver, passwordRefused, ceremonyGone, codeRejected; keyNotBound when the key is none of level 3
 */
export async function acceptInvitation(
  ports: AcceptPorts,
  given: Acceptance,
  presenter: Presenter,
): Promise<void> {
  const { gate, passwords } = ports;
  const invitation = await openInvitation(ports, given.token, presenter);
  const scene = await openCeremony(gate, given.ceremony, presenter);
  const isOwn = scene.ceremony.purpose === OPERATOR_SET_UP && scene.prover.id === invitation.prover.id;
  if (!isOwn) throw ceremonyGone();
  const hash = await hashNewPassword(passwords, given.password, { email: invitation.email });
  await proveNewFactor(gate, {
    scene,
    authenticatorId: given.enrolment,
    challengeId: given.challenge,
    response: { code: '', credential: given.credential },
    presenter,
    activate: async (tx, after) => {
      // Both at once, kept on one device: nothing else reaches level 3.
      if (after.evidence.at(-1)?.method !== 'passkey') throw keyNotBound();
      await join(ports, tx, { invitation, given, hash, scene, presenter });
    },
  });
}

interface Joining {
  invitation: OpenInvitation;
  given: Acceptance;
  hash: string;
  scene: Scene;
  presenter: Presenter;
}

async function join(ports: AcceptPorts, tx: Tx, { invitation, given, hash, scene, presenter }: Joining) {
  const { gate, links, operators, accounts, authenticators, audit } = ports;
  const { prover, key, email } = invitation;
  const at = gate.clock.now();
  const isOpen = await gate.ceremonies.close(tx, scene.ceremony, 'admitted', at);
  if (!isOpen || !(await links.spend(tx, key, OPERATOR_INVITATION, at))) throw linkOver();
  for (const old of prover.authenticators) await authenticators.remove(tx, prover.id, old.id);
  await authenticators.insert(tx, prover.id, passwordOf(hash, at));
  const as = { bindingLevel: 3 as const, label: '', at };
  if (!(await authenticators.activate(tx, prover.id, given.enrolment, as))) throw ceremonyGone();
  await operators.activate(tx, prover.id, given.name);
  await accounts.setLanguage(tx, prover.id, given.language);
  await gate.attempts.resetAll(tx, prover.id);
  await endEverything(gate, tx, prover.id);
  const details = { authenticator: given.enrolment };
  const { client } = presenter;
  await audit(tx, { type: 'operator-joined', accountId: prover.id, actor: 'operator', at, client, details });
  await tellAdministrators(ports, tx, { what: 'joined', who: email, by: given.name });
}

function passwordOf(hash: string, at: Date) {
  const id = randomId();
  return {
    id,
    method: 'password',
    state: 'active' as const,
    channelId: id,
    contactId: null,
    bindingLevel: 3 as const,
    keyProtection: 'memory' as const,
    secret: hash,
    label: '',
    at,
    expiresAt: null,
  };
}
