import { FIRST } from '@sigillo/assurance';
import { newTypedCode, SAME_DEVICE_CODE, writeQr, writeTypedCode } from '@sigillo/device-protocol';
import type { QrAnswer } from '../../../factors/app-qr/app-qr.factor.ts';
import { questionInCeremony, questionOf } from '../../../gate/app-question.ts';
import { openCeremony } from '../../../gate/begin.ts';
import { appFactorId } from '../../../gate/devices.ts';
import { ceremonyGone, methodUnavailable, proofMissing } from '../../../gate/gate.problems.ts';
import type { Ask, Presenter, Scene } from '../../../gate/model.ts';
import type { Gate } from '../../../gate/ports.ts';
import { prove } from '../../../gate/prove.ts';
import {
  hashTicketCode,
  QR_CHECK_TRIES,
  QR_REDRAWS,
  QR_SECONDS,
  QR_TYPED_SECONDS,
  type QrContext,
  type QrHolder,
  type QrState,
  type QrTicket,
  type QrTicketStore,
  type TypedTickets,
  topicOfTicket,
  writeTicketCode,
} from '../../../gate/qr-ticket.ts';
import type { RelyingParties } from '../../../gate/relying-party.ts';
import { verdictOf } from '../../../gate/scene.ts';
import { accepts, draftSignIn } from '../../../gate/sign-in.ts';
import { newSecret, uuidv7 } from '../../../platform/ids.ts';
import { qrGone } from './sign-in.problems.ts';
import { requestOf, type SignInPorts, waitingInteraction } from './sign-in.service.ts';

export interface QrPorts extends SignInPorts {
  relyingParties: RelyingParties;
  tickets: QrTicketStore;
  typedTickets: TypedTickets;
  settings: { issuer: string; appOrigin: string | undefined };
}

export interface ShownTicket {
  ticket: QrTicket;
  /** What the picture holds; only in the answer that made it. */
  text: string | null;
  /** The code to be typed in its place. */
  code: string | null;
}

/** Pages that ask for a picture, from one network, in a minute. */
const TICKETS_PER_NETWORK = { count: 240, perSeconds: 60 } as const;

/**
 * A picture for a sign-in page, or for a ceremony in which the app is to be the second factor. It belongs to this
 * browser, and what it asks is frozen now ([QR-1], [QR-4]).
 *
 * @throws methodUnavailable where the app may not answer; interactionGone, ceremonyGone
 */
export async function startQr(
  ports: QrPorts,
  wanted: { uid: string | undefined; ceremony: string | undefined },
  presenter: Presenter,
): Promise<ShownTicket> {
  const { gate, tickets } = ports;
  gate.limits.take(`qr-from:${presenter.client.network}`, TICKETS_PER_NETWORK);
  const createdAt = gate.clock.now();
  const id = uuidv7(createdAt.getTime());
  const context = wanted.ceremony
    ? await contextOfCeremony(ports, id, wanted.ceremony, presenter)
    : await contextOfSignIn(ports, id, wanted.uid, presenter);
  const ticket: QrTicket = {
    id,
    context,
    client: presenter.client,
    state: 'pending',
    redraws: 0,
    scanner: null,
    checkHash: null,
    checkTries: 0,
    approval: null,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + QR_SECONDS * 1000),
  };
  const secret = newSecret(16);
  await gate.single((tx) => tickets.insert(tx, ticket, hashTicketCode(secret), presenter.bindingHash));
  return { ticket, text: textOf(ports, id, secret), code: null };
}

function textOf({ settings }: QrPorts, id: string, secret: Buffer): string {
  const { appOrigin, issuer } = settings;
  if (appOrigin === undefined) throw methodUnavailable();
  return writeQr(appOrigin, { kind: 'sign-in', issuer, id: writeTicketCode(id, secret) });
}

async function contextOfSignIn(
  ports: QrPorts,
  id: string,
  uid: string | undefined,
  presenter: Presenter,
): Promise<QrContext> {
  const { gate, interactions } = ports;
  const interaction = await waitingInteraction(interactions, uid, presenter);
  const request = requestOf(interaction);
  if (!accepts(gate, request, 'app-qr')) throw methodUnavailable();
  const relyingParty = interaction?.relyingParty;
  const asking = {
    id,
    purpose: 'sign-in',
    relyingParty,
    operation: undefined,
    userId: '',
    isNewBrowser: false,
  };
  return {
    clientId: request.context.clientId,
    interaction: request.context.interaction,
    ceremony: null,
    question: questionOf(gate, asking, presenter),
    recognised: recognisedIn(presenter),
  };
}

async function contextOfCeremony(
  ports: QrPorts,
  id: string,
  handle: string,
  presenter: Presenter,
): Promise<QrContext> {
  const { gate } = ports;
  const scene = await openCeremony(gate, handle, presenter);
  if (!askOf(gate, scene)) throw methodUnavailable();
  const { clientId, interaction } = scene.ceremony.context;
  return {
    clientId,
    interaction,
    ceremony: handle,
    // Who scans says whether the browser is new to the account.
    question: await questionInCeremony(ports, scene, { id, isNewBrowser: false }, presenter),
    recognised: recognisedIn(presenter),
  };
}

const recognisedIn = ({ recognisedHash }: Presenter): string | null =>
  recognisedHash?.toString('base64url') ?? null;

/** The proof by scanning that a ceremony asks for next. */
function askOf(gate: Gate, scene: Scene): Ask | undefined {
  const verdict = verdictOf(gate, scene);
  return verdict.satisfied ? undefined : verdict.options.find((one) => one.method === 'app-qr');
}

const holderOf = (id: string, presenter: Presenter): QrHolder => ({ id, browserHash: presenter.bindingHash });

/** @throws qrGone for whoever does not show it */
export async function lookAtQr(
  { gate, tickets }: QrPorts,
  id: string,
  presenter: Presenter,
): Promise<QrTicket> {
  const ticket = await gate.single((tx) => tickets.find(tx, holderOf(id, presenter)));
  if (!ticket) throw qrGone();
  return ticket;
}

/** How a ticket stands now, for its page. */
export function stateOf({ state, expiresAt, checkTries }: QrTicket, now: Date): QrState | 'expired' {
  if (state === 'approved' && checkTries >= QR_CHECK_TRIES) return 'void';
  const isWaiting = state === 'pending' || state === 'scanned' || state === 'approved';
  return isWaiting && expiresAt <= now ? 'expired' : state;
}

export const redrawsLeft = ({ redraws }: QrTicket): number => Math.max(0, QR_REDRAWS - redraws);

/** A new picture in place of the last one. @throws qrGone when it was scanned, or renewed too often */
export async function redrawQr(ports: QrPorts, id: string, presenter: Presenter): Promise<ShownTicket> {
  const secret = newSecret(16);
  const ticket = await replaceCode(ports, id, presenter, hashTicketCode(secret), QR_SECONDS);
  return { ticket, text: textOf(ports, id, secret), code: null };
}

/** A code to be typed into the app in place of the picture, for who has the page and the app on one device. */
export async function typeQrInstead(ports: QrPorts, id: string, presenter: Presenter): Promise<ShownTicket> {
  const { gate, typedTickets } = ports;
  const code = newTypedCode(SAME_DEVICE_CODE);
  const codeHash = gate.keyring.mac('typed-ticket', code);
  const ticket = await replaceCode(ports, id, presenter, codeHash, QR_TYPED_SECONDS);
  const typed = { id: uuidv7(gate.clock.nowMs()), codeHash, ticketId: id, expiresAt: ticket.expiresAt };
  await gate.single((tx) => typedTickets.insert(tx, typed));
  return { ticket, text: null, code: writeTypedCode(code, SAME_DEVICE_CODE) };
}

async function replaceCode(
  ports: QrPorts,
  id: string,
  presenter: Presenter,
  codeHash: Buffer,
  lifetimeSeconds: number,
): Promise<QrTicket> {
  const { gate, tickets } = ports;
  const now = gate.clock.now();
  const expiresAt = new Date(now.getTime() + lifetimeSeconds * 1000);
  const isDone = await gate.single((tx) =>
    tickets.redraw(tx, holderOf(id, presenter), codeHash, { now, expiresAt }),
  );
  if (!isDone) throw qrGone();
  return lookAtQr(ports, id, presenter);
}

/** The page gives up; whoever scanned is told that it is over. */
export async function cancelQr({ gate, tickets }: QrPorts, id: string, presenter: Presenter): Promise<void> {
  await gate.single((tx) => tickets.cancel(tx, holderOf(id, presenter)));
  gate.events.wake(topicOfTicket(id));
}

/**
 * Turns an approval into a proof, in the browser that showed the picture and once: of the ceremony it was made for,
 * or as the beginning of a sign-in of whoever approved.
 *
 * @throws qrGone, proofMissing while nobody has approved, codeRejected for wrong digits, and what `prove` throws
 */
export async function redeemQr(
  ports: QrPorts,
  id: string,
  check: string | undefined,
  presenter: Presenter,
): Promise<Scene> {
  const { gate } = ports;
  const ticket = await lookAtQr(ports, id, presenter);
  const state = stateOf(ticket, gate.clock.now());
  if (state === 'pending' || state === 'scanned') throw proofMissing();
  if (state !== 'approved' || !ticket.scanner) throw qrGone();
  if (ticket.checkHash !== null && check === undefined) throw proofMissing();
  const credential: QrAnswer = { ticketId: id, check: check ?? null };
  const proof = { challengeId: null, response: { code: '', credential }, presenter };
  const begun = await sceneOf(ports, ticket, ticket.scanner.accountId, presenter);
  const scene = await prove(gate, { ...proof, ...begun });
  gate.events.wake(topicOfTicket(id));
  return scene;
}

/** The ceremony that is proven: the one there is, or a sign-in that begins now for whoever approved. */
async function sceneOf(ports: QrPorts, ticket: QrTicket, accountId: string, presenter: Presenter) {
  const { gate, interactions } = ports;
  const { ceremony, interaction: uid } = ticket.context;
  if (ceremony !== null) {
    const scene = await openCeremony(gate, ceremony, presenter);
    const ask = askOf(gate, scene);
    if (!ask) throw methodUnavailable();
    return { scene, ask };
  }
  const interaction = await waitingInteraction(interactions, uid ?? undefined, presenter);
  const prover = await gate.single((tx) => gate.accounts.load(tx, accountId));
  if (prover?.status !== 'active') throw ceremonyGone();
  const scene = draftSignIn(gate, prover, requestOf(interaction));
  const ask = { slot: FIRST, method: 'app-qr', target: appFactorId(accountId, 'app-qr') };
  return { scene, ask, isNew: true };
}
