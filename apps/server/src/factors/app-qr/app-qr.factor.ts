import { readProximityCode } from '@sigillo/device-protocol';
import { UNGUESSABLE } from '../../gate/attempts.ts';
import type { Device, DeviceRef } from '../../gate/devices.ts';
import { type Factor, type JudgeContext, type Judgement, refused } from '../../gate/factor.ts';
import { handleOf } from '../../gate/handle.ts';
import { QR_CHECK_TRIES, type QrHolder, type QrTicket, type QrTicketStore } from '../../gate/qr-ticket.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Tx } from '../../platform/database/database.ts';
import { constantTimeEqual } from '../../platform/keyring/constant-time.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';

/** What this factor needs from storage. */
export interface AppQrPorts {
  clock: Clock;
  keyring: Pick<Keyring, 'mac'>;
  tickets: QrTicketStore;
  devices: { find(tx: Tx, ref: DeviceRef): Promise<Device | undefined> };
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** What the browser that showed the picture hands in. */
export interface QrAnswer {
  ticketId: string;
  /** The digits that the app shows, as somebody typed them; null where none are wanted. */
  check: string | null;
}

/** Keyed hash of the digits that the app shows ([QR-3]). */
export const hashCheck = (keyring: Pick<Keyring, 'mac'>, ticketId: string, check: string): Buffer =>
  keyring.mac('qr-check', ticketId, check);

/**
 * A code on the page that an unlocked app scanned and approved: both factors at once. The approval waits in the
 * ticket; only the browser that showed the picture can turn it into a proof, once ([QR-1], [QR-2]).
 */
export function appQrFactor(ports: AppQrPorts): Factor {
  return {
    method: 'app-qr',
    lock: UNGUESSABLE,
    countedPer: 'account',
    answeredBy: 'browser',
    judge: (context) => judge(ports, context),
  };
}

async function judge(ports: AppQrPorts, context: JudgeContext): Promise<Judgement> {
  const { clock, tickets, single } = ports;
  const { response, presenter, prover } = context;
  const answer = response.credential as QrAnswer | undefined;
  if (!answer || typeof answer.ticketId !== 'string') return refused;
  const holder: QrHolder = { id: answer.ticketId, browserHash: presenter.bindingHash };
  const ticket = await single((tx) => tickets.find(tx, holder));
  const isApproved = ticket?.state === 'approved' && ticket.expiresAt > clock.now();
  if (!isApproved || !isFor(ticket, context) || ticket.scanner?.accountId !== prover.id) return refused;
  const scanner = { accountId: prover.id, id: ticket.scanner.deviceId };
  const device = await single((tx) => ports.devices.find(tx, scanner));
  if (device?.state !== 'active') return refused;
  const checked = await judgeCheck(ports, ticket, holder, answer.check);
  if (!checked.accepted) return checked;
  return {
    accepted: true,
    levelCap: device.bindingLevel,
    by: device.id,
    spend: async (tx) => (await tickets.redeem(tx, holder, clock.now())) !== undefined,
  };
}

/** Whether the ticket was made for what is proven here: frozen when the picture was made ([QR-4]). */
function isFor({ context }: QrTicket, { ceremony }: JudgeContext): boolean {
  if (context.ceremony !== null) return context.ceremony === handleOf(ceremony);
  const { purpose } = ceremony;
  const { clientId, interaction } = ceremony.context;
  return purpose === 'sign-in' && context.clientId === clientId && context.interaction === interaction;
}

/** The digits that the app shows, where they are wanted: each try counted before it is looked at ([QR-3]). */
async function judgeCheck(
  { keyring, clock, tickets, single }: AppQrPorts,
  ticket: QrTicket,
  holder: QrHolder,
  typed: string | null,
): Promise<Judgement> {
  if (ticket.checkHash === null) return { accepted: true };
  const tried = await single((tx) => tickets.takeCheckTry(tx, holder, QR_CHECK_TRIES, clock.now()));
  if (!tried) return refused;
  const check = readProximityCode(typed ?? '') ?? '';
  const isRight = constantTimeEqual(ticket.checkHash, hashCheck(keyring, ticket.id, check));
  return isRight ? { accepted: true } : { accepted: false, triesLeft: QR_CHECK_TRIES - tried.checkTries };
}
