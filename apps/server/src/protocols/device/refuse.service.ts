import { MUTED_PUSHES } from '../../factors/app-push/app-push.factor.ts';
import { type Asked, readRefusal } from '../../gate/app-answer.ts';
import { wakeApps } from '../../gate/apps.ts';
import { readHandle } from '../../gate/handle.ts';
import type { Ceremony } from '../../gate/model.ts';
import { noteSignal } from '../../gate/monitoring.ts';
import { notifyHolder } from '../../gate/notices.ts';
import { topicOfTicket } from '../../gate/qr-ticket.ts';
import { topicOf } from '../../gate/waiting.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { RequestPorts } from './asked.ts';
import { requestNotSigned } from './device.problems.ts';
import { requestGone } from './requests.problems.ts';
import { findPush, withdraw } from './requests.service.ts';
import { findScanned } from './scan.service.ts';
import type { SignedBy } from './signed-request.ts';

/** How long no push is sent after somebody said that it was not them ([PUSH-4]). */
const MUTE_MS = 30 * 60 * 1000;

interface Refused {
  asked: Asked;
  clientId: string | null;
  method: 'app-push' | 'app-qr';
  /** Ends what was asked; false when it is over already. */
  end(tx: Tx): Promise<boolean>;
  /** The ceremony that asked, if there is one. */
  ceremony: Pick<Ceremony, 'id' | 'proverId'> | null;
  /** Pages that wait. */
  topics: string[];
}

/**
 * Takes a refusal, which needs no unlock. "It wasn't me" also ends the sign-in that asked, tells every address of
 * the holder, and sends no push for half an hour ([PUSH-4]).
 *
 * @throws requestGone, requestNotSigned
 */
export async function refuseRequest(
  ports: RequestPorts,
  by: SignedBy,
  id: string,
  refusal: string,
): Promise<void> {
  const { gate } = ports;
  const what = (await scanToRefuse(ports, by, id)) ?? (await pushToRefuse(ports, by, id));
  if (!what) throw requestGone();
  const read = await readRefusal(ports, what.asked, refusal, by.device.deviceKey);
  if (!read) throw requestNotSigned({ serverTime: gate.clock.now().toISOString() });
  const isMine = await gate.transaction(async (tx) => {
    if (!(await what.end(tx))) return false;
    await record(ports, tx, by, what, read.reason);
    if (read.reason === 'not-me') await alarm(ports, tx, by, what);
    if (what.method === 'app-push') await withdraw(gate, tx, by.device.accountId);
    return true;
  });
  if (!isMine) throw requestGone();
  for (const topic of what.topics) gate.events.wake(topic);
  wakeApps(gate, by.device.accountId);
}

async function scanToRefuse(ports: RequestPorts, by: SignedBy, id: string): Promise<Refused | undefined> {
  const scanned = await findScanned(ports, by, id);
  if (!scanned) return undefined;
  const { asked, ticket } = scanned;
  const scanner = { accountId: by.device.accountId, deviceId: by.device.id };
  const key = ticket.context.ceremony === null ? undefined : readHandle(ticket.context.ceremony);
  return {
    asked,
    clientId: ticket.context.clientId,
    method: 'app-qr',
    end: (tx) => ports.tickets.refuse(tx, ticket.id, scanner, ports.gate.clock.now()),
    ceremony: key ?? null,
    topics: [topicOfTicket(ticket.id), ...(key ? [topicOf(key)] : [])],
  };
}

async function pushToRefuse(ports: RequestPorts, by: SignedBy, id: string): Promise<Refused | undefined> {
  const { gate } = ports;
  const push = await findPush(ports, by, id);
  if (!push?.question) return undefined;
  const { client } = push.question;
  return {
    asked: { id, accountId: push.proverId, question: push.question },
    clientId: push.question.clientName ? client : null,
    method: 'app-push',
    end: (tx) => gate.challenges.settle(tx, push, 'refused', gate.clock.now()),
    ceremony: { id: push.ceremonyId, proverId: push.proverId },
    topics: [topicOf({ id: push.ceremonyId })],
  };
}

async function record(
  { gate }: RequestPorts,
  tx: Tx,
  { device, presenter }: SignedBy,
  { asked, clientId, method }: Refused,
  reason: 'refused' | 'not-me',
): Promise<void> {
  const { accountId, id } = device;
  const event = {
    type: 'request-refused' as const,
    accountId,
    actor: 'holder' as const,
    at: gate.clock.now(),
    client: presenter.client,
    details: { device: id, reason, method, requestType: asked.question.type, clientId },
  };
  const kind = asked.question.type;
  await gate.access(tx, event, { kind, outcome: 'failure', method, level: null, clientId });
}

async function alarm(
  { gate }: RequestPorts,
  tx: Tx,
  { device, presenter }: SignedBy,
  { asked, ceremony, method }: Refused,
): Promise<void> {
  const now = gate.clock.now();
  const { accountId } = device;
  if (ceremony) await gate.ceremonies.close(tx, ceremony, 'abandoned', now);
  await gate.attempts.pauseUntil(tx, accountId, MUTED_PUSHES, new Date(now.getTime() + MUTE_MS), now);
  const prover = await gate.accounts.load(tx, accountId);
  const { browser, place } = asked.question;
  const params = { browser, place, device: device.name };
  if (prover) await notifyHolder(gate, tx, prover, presenter, { template: 'request-not-mine', params });
  // A picture that was scanned says nothing of the password.
  if (method !== 'app-push') return;
  await noteSignal(gate, tx, { accountId, signal: 'request-not-mine' }, presenter.client);
}
