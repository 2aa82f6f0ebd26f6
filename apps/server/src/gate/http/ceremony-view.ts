import type { Method } from '@sigillo/assurance';
import type { z } from 'zod';
import type { Tx } from '../../platform/database/database.ts';
import { maskEmailAddress } from '../../platform/email-address.ts';
import { maskPhone } from '../../platform/phone-number.ts';
import { TRIES_PER_CHALLENGE } from '../attempts.ts';
import { RESEND_SECONDS } from '../challenge.ts';
import { preferredOf } from '../code-delivery.ts';
import { isRecovery, mayEnrol } from '../enrol.ts';
import { handleOf } from '../handle.ts';
import type {
  Ceremony,
  Challenge,
  ChallengeState,
  Contact,
  Prover,
  Scene,
  StartedChallenge,
} from '../model.ts';
import { OWN_PORTAL } from '../policies.ts';
import type { Gate } from '../ports.ts';
import type { RelyingParties, RelyingParty } from '../relying-party.ts';
import { wantsRenewal } from '../renew-password.ts';
import { passwordIsOver, resolveTarget, secondFactorsOf, verdictOf } from '../scene.ts';
import type {
  CeremonyView,
  ChallengeView,
  MethodOption,
  RelyingPartyView,
  SetUpView,
} from './ceremony.schema.ts';

export interface ViewPorts {
  gate: Gate;
  relyingParties: RelyingParties;
}

/**
 * What a page is told about a ceremony: what is proven, what may come next, and nothing it need not know.
 *
 * @param isNew begun in this request: nothing was sent in it yet
 */
export async function ceremonyView(
  { gate, relyingParties }: ViewPorts,
  scene: Scene,
  isNew = false,
): Promise<z.infer<typeof CeremonyView>> {
  const { ceremony, prover, evidence } = scene;
  const verdict = verdictOf(gate, scene);
  const party = ceremony.context.clientId ? await relyingParties.find(ceremony.context.clientId) : undefined;
  const challenge = isNew ? undefined : await gate.single((tx) => currentChallenge(gate, tx, ceremony));
  const renewal = wantsRenewal(verdict);
  // A new password goes a way of its own.
  const options = verdict.satisfied || renewal ? [] : verdict.options.filter((one) => one.target !== null);
  const preferred = preferredOf(prover, options);
  return {
    id: handleOf(ceremony),
    purpose: ceremony.purpose,
    relyingParty: party ? relyingPartyView(party) : null,
    state: verdict.satisfied ? 'satisfied' : 'open',
    account: { email: emailOf(prover, verdict.satisfied) },
    proven: [...new Set(evidence.map((piece) => piece.method))],
    options: options.map((option) => optionView(gate, prover, option, option === preferred)),
    setUp: await setUpView(gate, scene, party),
    canRecover: !renewal && canRecover(gate, scene, verdict.satisfied),
    renewal,
    renewalLater: !renewal && !verdict.satisfied && passwordIsOver(scene),
    challenge: challenge ? challengeView(gate, prover, challenge) : null,
    expiresAt: ceremony.expiresAt.toISOString(),
  };
}

export function relyingPartyView(party: RelyingParty): z.infer<typeof RelyingPartyView> {
  const { clientId, name, logoUrl, homeUrl, chatUrl, caseNumberLabel } = party;
  return { clientId, name, logoUrl, homeUrl, chatUrl, caseNumberLabel };
}

/** The confirmed e-mail address, masked while the ceremony is still open. */
function emailOf(prover: Prover, satisfied: boolean): string {
  const address = prover.contacts.find((one) => one.kind === 'email' && one.verifiedAt)?.address ?? '';
  return satisfied ? address : maskEmailAddress(address);
}

export function maskContact(contact: Pick<Contact, 'kind' | 'address'>): string {
  return contact.kind === 'email' ? maskEmailAddress(contact.address) : maskPhone(contact.address);
}

function optionView(
  gate: Gate,
  prover: Prover,
  option: { slot: string; method: Method; target: string | null },
  preferred: boolean,
): z.infer<typeof MethodOption> {
  const target = resolveTarget(prover, option.target);
  const label = target?.contact ? maskContact(target.contact) : (target?.authenticator?.label ?? '');
  return { ...option, label, needsSend: isMessage(gate, option.method), preferred };
}

/** What was only given to a browser cannot be shown again. */
function isMessage(gate: Gate, method: Method): boolean {
  const sends = gate.factors.get(method)?.sends;
  return sends !== undefined && !sends.isQuiet;
}

/** What was sent last, while it can be answered; what apps were asked also afterwards: the page says what came of it. */
async function currentChallenge(gate: Gate, tx: Tx, ceremony: Ceremony): Promise<ShownChallenge | undefined> {
  const newest = await gate.challenges.newest(tx, ceremony, gate.clock.now());
  if (newest?.isOpen) return isMessage(gate, newest.method) ? newest : undefined;
  return newest && newest.state !== 'proven' ? newest : undefined;
}

type ShownChallenge = (Challenge | StartedChallenge) & { state?: ChallengeState };

/** How it ended, in words a page can use; one that nobody answered is still open where it is stored. */
function endOf(state: ChallengeState | undefined) {
  if (state === 'refused') return 'refused' as const;
  if (state === 'exhausted') return 'wrong' as const;
  return state === 'void' ? ('replaced' as const) : ('expired' as const);
}

/** @param pendingContact the contact of a factor being set up, which is not among the account's own yet */
export function challengeView(
  gate: Gate,
  prover: Prover,
  challenge: ShownChallenge,
  pendingContact?: Contact | null,
): z.infer<typeof ChallengeView> {
  const { method } = challenge;
  const sends = gate.factors.get(method)?.sends;
  const isOpen = (challenge.state ?? 'open') === 'open' && challenge.expiresAt > gate.clock.now();
  const revealed = 'reveal' in challenge ? challenge.reveal : isOpen ? sends?.shown?.(challenge) : null;
  const publicKey = revealed?.publicKey ?? null;
  const contact = pendingContact ?? resolveTarget(prover, challenge.target)?.contact;
  return {
    id: challenge.id,
    slot: challenge.slot,
    method,
    state: isOpen ? ('open' as const) : endOf(challenge.state),
    target: challenge.target,
    sentTo: contact ? maskContact(contact) : null,
    expiresAt: challenge.expiresAt.toISOString(),
    resendAt: publicKey
      ? null
      : new Date(challenge.createdAt.getTime() + RESEND_SECONDS * 1000).toISOString(),
    triesLeft: (sends?.tries ?? TRIES_PER_CHALLENGE) - challenge.tries,
    number: revealed?.number ?? null,
    publicKey: publicKey as Record<string, unknown> | null,
  };
}

const SEVERAL: readonly Method[] = ['totp', 'passkey', 'hardware-token'];

/** What only a holder who was given one can set up: offered on the account page, never asked for in a sign-in. */
const HANDED_OUT: readonly Method[] = ['hardware-token'];

const ADDING = 'add-authenticator';

/** Second factors that can be set up here; several apps or passkeys are fine, one SMS number is enough. */
export async function settableMethods(
  gate: Gate,
  scene: Scene,
  party: RelyingParty | undefined,
): Promise<Method[]> {
  // Operators get their keys with their invitation.
  if (scene.prover.kind === 'operator') return [];
  const { methods: accepted, first } = party?.policy ?? OWN_PORTAL;
  const methods = scene.ceremony.purpose === ADDING ? [...accepted, ...HANDED_OUT] : accepted;
  const held = new Set(secondFactorsOf(gate, scene.prover).map((one) => one.method));
  const alone = scene.ceremony.purpose === 'sign-in';
  const ordered = [first, ...methods.filter((method) => method !== first)];
  const settable = ordered.filter(
    (method) =>
      methods.includes(method) &&
      gate.factors.has(method) &&
      (isRecovery(scene) || !held.has(method) || (!alone && SEVERAL.includes(method))),
  );
  const offered = await Promise.all(
    settable.map((method) => gate.factors.get(method)?.isOffered?.() ?? Promise.resolve(true)),
  );
  return settable.filter((_, index) => offered[index]);
}

async function setUpView(
  gate: Gate,
  scene: Scene,
  party: RelyingParty | undefined,
): Promise<z.infer<typeof SetUpView> | null> {
  if (!wantsSetUp(gate, scene) || !mayEnrol(gate, scene)) return null;
  const verdict = verdictOf(gate, scene);
  const methods = await settableMethods(gate, scene, party);
  const [first] = methods;
  if (first === undefined) return null;
  const waiting = scene.prover.contacts.find((one) => one.kind === 'phone' && one.verifiedAt === null);
  const required = !verdict.satisfied && (verdict.setUp.length > 0 || isRecovery(scene));
  return { methods, first, phone: waiting?.address ?? null, required };
}

/** Ceremonies that are held to set something up. */
const SETS_UP: readonly string[] = [ADDING, 'recover-second-factor'];

/** In a sign-in only where the relying party demands it, and from then on for the other method too. */
function wantsSetUp(gate: Gate, scene: Scene): boolean {
  const { purpose } = scene.ceremony;
  if (purpose !== 'sign-in') return SETS_UP.includes(purpose);
  const verdict = verdictOf(gate, scene);
  const isDemanded = !verdict.satisfied && verdict.setUp.length > 0;
  const hasJustBegun = scene.prover.authenticators.some(
    (one) => one.method !== 'password' && one.createdAt >= scene.ceremony.createdAt,
  );
  return isDemanded || hasJustBegun;
}

/** "I can't use any of these": after the password, when a second factor is asked for. */
function canRecover(gate: Gate, scene: Scene, satisfied: boolean): boolean {
  const hasFirst = scene.evidence.some((piece) => piece.method === 'password');
  const isSignIn = scene.ceremony.purpose === 'sign-in';
  return isSignIn && hasFirst && !satisfied && secondFactorsOf(gate, scene.prover).length > 0;
}
