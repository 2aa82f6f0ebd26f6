import { readTypedCode, SAME_DEVICE_CODE } from '@sigillo/device-protocol';
import type { Asked } from '../../gate/app-answer.ts';
import { readHandle } from '../../gate/handle.ts';
import type { Prover } from '../../gate/model.ts';
import {
  QR_DECIDE_SECONDS,
  type QrCode,
  type QrTicket,
  readTicketCode,
  type Scanner,
  topicOfTicket,
} from '../../gate/qr-ticket.ts';
import { type Language, type RequestPorts, type RequestView, requestView } from './asked.ts';
import { deviceGone } from './device.problems.ts';
import { scanGone } from './requests.problems.ts';
import type { SignedBy } from './signed-request.ts';

/** Codes that one account's apps scan or type: far more than anybody needs, and too few to guess one of 2⁴⁰. */
const SCANS = { count: 30, perSeconds: 60 } as const;

/** What was scanned, or typed in its place. */
export type Scanned = { id: string } | { code: string };

/** A ticket that this device scanned, with what its holder is asked. */
export interface ScannedTicket {
  ticket: QrTicket;
  asked: Asked;
  /** The digits to be typed into the browser; null where none are wanted. */
  check: string | null;
}

/**
 * The first device to scan a picture has the say, for two minutes; a second one ends it for both, since one of them
 * is not whom the page is for ([QR-2]).
 *
 * @throws scanGone
 */
export async function scan(
  ports: RequestPorts,
  by: SignedBy,
  scanned: Scanned,
  language: Language,
): Promise<RequestView> {
  const { gate, tickets } = ports;
  gate.limits.take(`scans:${by.device.accountId}`, SCANS);
  const code = await codeOf(ports, scanned);
  if (!code) throw scanGone();
  const scanner = scannerOf(by);
  const now = gate.clock.now();
  const expiresAt = new Date(now.getTime() + QR_DECIDE_SECONDS * 1000);
  const first = await gate.single((tx) => tickets.scan(tx, code, scanner, { now, expiresAt }));
  const isVoid = !first && (await gate.single((tx) => tickets.voidScannedTwice(tx, code, scanner)));
  if (first || isVoid) gate.events.wake(topicOfTicket(code.id));
  if (isVoid) throw scanGone();
  const mine = first ? await judgeScanned(ports, by, first) : await findScanned(ports, by, code.id);
  if (!mine) throw scanGone();
  const { createdAt } = mine.ticket;
  const particulars = { kind: 'qr' as const, numberDigits: null, check: mine.check, createdAt };
  return requestView(ports, mine.asked, { ...particulars, expiresAt: mine.ticket.expiresAt }, language);
}

async function codeOf({ gate, typedTickets }: RequestPorts, scanned: Scanned): Promise<QrCode | undefined> {
  if ('id' in scanned) return readTicketCode(scanned.id);
  const typed = readTypedCode(scanned.code, SAME_DEVICE_CODE);
  const codeHash = typed && gate.keyring.mac('typed-ticket', typed);
  const id = codeHash && (await gate.single((tx) => typedTickets.find(tx, codeHash, gate.clock.now())));
  return id && codeHash ? { id, codeHash } : undefined;
}

/** The ticket that this device scanned and may still decide about; undefined otherwise. */
export async function findScanned(
  ports: RequestPorts,
  by: SignedBy,
  id: string,
): Promise<ScannedTicket | undefined> {
  const ticket = await ports.gate.single((tx) => ports.tickets.findScanned(tx, id, scannerOf(by)));
  return ticket && judgeScanned(ports, by, ticket);
}

const scannerOf = ({ device }: SignedBy): Scanner => ({ accountId: device.accountId, deviceId: device.id });

async function judgeScanned(
  ports: RequestPorts,
  by: SignedBy,
  ticket: QrTicket,
): Promise<ScannedTicket | undefined> {
  const { gate } = ports;
  const scanner = scannerOf(by);
  const { holder, isKnown } = await gate.single(async (tx) => {
    const hash = ticket.context.recognised;
    const isKnown =
      hash !== null &&
      (await gate.attempts.isRecognised(tx, scanner.accountId, Buffer.from(hash, 'base64url')));
    return { holder: await gate.accounts.findHolder(tx, scanner.accountId), isKnown };
  });
  if (holder?.status !== 'active') throw deviceGone();
  const isOpen = ticket.state === 'scanned' && ticket.expiresAt > gate.clock.now();
  if (!isOpen || !isOwn(ticket, scanner)) return undefined;
  const wantsCheck = !isKnown || ticket.client.network !== by.presenter.client.network;
  return {
    ticket,
    asked: askedIn(ticket, holder, !isKnown),
    check: wantsCheck ? checkOf(ports, ticket, scanner) : null,
  };
}

/** A picture that belongs to somebody's ceremony is for their own apps. */
function isOwn({ context }: QrTicket, { accountId }: Scanner): boolean {
  return context.ceremony === null || readHandle(context.ceremony)?.proverId === accountId;
}

function askedIn(
  { id, context }: QrTicket,
  holder: Pick<Prover, 'id' | 'userId'>,
  isNewBrowser: boolean,
): Asked {
  return { id, accountId: holder.id, question: { ...context.question, userId: holder.userId, isNewBrowser } };
}

/** Six digits that the app shows and the browser must type, where they may be far apart ([QR-3]). */
function checkOf({ gate }: RequestPorts, { id }: QrTicket, { deviceId }: Scanner): string {
  const value = gate.keyring.mac('qr-check-digits', id, deviceId).readUIntBE(0, 6);
  return (value % 1_000_000).toString().padStart(6, '0');
}
