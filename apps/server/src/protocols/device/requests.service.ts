import type { AppAnswer } from '../../factors/app-push/app-push.factor.ts';
import { notUnlocked } from '../../factors/app-push/app-push.problems.ts';
import { hashCheck } from '../../factors/app-qr/app-qr.factor.ts';
import { readApproval } from '../../gate/app-answer.ts';
import { tellApps, wakeApps } from '../../gate/apps.ts';
import { openCeremony } from '../../gate/begin.ts';
import { handleOf } from '../../gate/handle.ts';
import type { Challenge } from '../../gate/model.ts';
import { prove } from '../../gate/prove.ts';
import { QR_REDEEM_SECONDS, topicOfTicket } from '../../gate/qr-ticket.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Problem } from '../../platform/http/problems.ts';
import { type Language, pushView, type RequestPorts, type RequestView } from './asked.ts';
import { requestNotSigned } from './device.problems.ts';
import { numberWrong, requestGone } from './requests.problems.ts';
import { findScanned, type ScannedTicket } from './scan.service.ts';
import type { SignedBy } from './signed-request.ts';

const openPushes = ({ gate }: RequestPorts, { accountId }: SignedBy['device']): Promise<Challenge[]> =>
  gate.single((tx) => gate.challenges.openQuestions(tx, accountId, gate.clock.now()));

/** What waits for the apps of this account. */
export async function waitingRequests(
  ports: RequestPorts,
  { device }: SignedBy,
  language: Language,
): Promise<RequestView[]> {
  const open = await openPushes(ports, device);
  return open.flatMap((one) => pushView(ports, one, language));
}

/** How long there is a point in taking away what an app shows, in seconds. */
const WITHDRAWN_SECONDS = 120;

/** Has the account's other apps take away what they show: it was answered. */
export const withdraw = (gate: RequestPorts['gate'], tx: Tx, accountId: string): Promise<void> =>
  tellApps(gate, tx, accountId, 'withdrawn', WITHDRAWN_SECONDS);

/** The push of this id, while it waits. */
export async function findPush(
  ports: RequestPorts,
  { device }: SignedBy,
  id: string,
): Promise<Challenge | undefined> {
  const open = await openPushes(ports, device);
  return open.find((one) => one.id === id);
}

/**
 * Takes an approval. A push becomes a proof at once; a scanned ticket waits for the browser that shows the picture.
 *
 * @returns the digits that the app shows, where the browser has to type them
 * @throws requestGone, numberWrong, notUnlocked, requestNotSigned
 */
export async function approveRequest(
  ports: RequestPorts,
  by: SignedBy,
  id: string,
  approval: string,
): Promise<string | null> {
  const scanned = await findScanned(ports, by, id);
  if (scanned) return approveScan(ports, by, scanned, approval);
  const push = await findPush(ports, by, id);
  if (!push) throw requestGone();
  await approvePush(ports, by, push, approval);
  return null;
}

async function approveScan(
  ports: RequestPorts,
  { device, presenter }: SignedBy,
  { ticket, asked, check }: ScannedTicket,
  approval: string,
): Promise<string | null> {
  const { gate, tickets } = ports;
  const read = await readApproval(ports, asked, approval, device.approvalKey);
  if (read?.number !== null) throw requestNotSigned({ serverTime: gate.clock.now().toISOString() });
  if (read.generation !== device.generation) throw notUnlocked();
  const now = gate.clock.now();
  const expiresAt = new Date(now.getTime() + QR_REDEEM_SECONDS * 1000);
  const checkHash = check === null ? null : hashCheck(gate.keyring, ticket.id, check);
  const scanner = { accountId: device.accountId, deviceId: device.id };
  const isApproved = await gate.transaction(async (tx) => {
    const moved = await tickets.approve(tx, ticket.id, scanner, { approval, checkHash, now, expiresAt });
    if (!moved) return false;
    await gate.audit(tx, {
      type: 'scan-approved',
      accountId: device.accountId,
      actor: 'holder',
      at: now,
      client: presenter.client,
      details: { device: device.id, clientId: ticket.context.clientId, browser: ticket.client.address },
    });
    return true;
  });
  if (!isApproved) throw requestGone();
  gate.events.wake(topicOfTicket(ticket.id));
  return check;
}

async function approvePush(
  ports: RequestPorts,
  { device, presenter }: SignedBy,
  challenge: Challenge,
  approval: string,
): Promise<void> {
  const { gate } = ports;
  const { slot, method, target, proverId, ceremonyId } = challenge;
  const credential: AppAnswer = { device, approval };
  try {
    const scene = await openCeremony(gate, handleOf({ proverId, id: ceremonyId }), presenter);
    await prove(gate, {
      scene,
      ask: { slot, method, target },
      challengeId: challenge.id,
      response: { code: '', credential },
      presenter,
      alongside: (tx) => withdraw(gate, tx, proverId),
    });
  } catch (error) {
    throw asAppSeesIt(error);
  } finally {
    wakeApps(gate, proverId);
  }
}

const OVER = ['ceremony-gone', 'challenge-over', 'method-unavailable'];

function asAppSeesIt(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  if (error.slug === 'code-rejected') return numberWrong();
  return OVER.includes(error.slug) ? requestGone() : error;
}
