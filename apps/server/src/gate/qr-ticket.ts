import { createHash } from 'node:crypto';
import type { Tx } from '../platform/database/database.ts';
import type { ClientInfo } from '../platform/http/client-info.ts';
import { uuidBytes, uuidFromBytes } from '../platform/ids.ts';
import type { AppQuestion } from './model.ts';

/** How long one picture is good ([QR-2]), in seconds. */
export const QR_SECONDS = 60;
/** How long a code is good that is typed into the app in place of a picture, in seconds. */
export const QR_TYPED_SECONDS = 120;
/** How often a page may renew its picture before it asks whether anybody is there. */
export const QR_REDRAWS = 5;
/** How long whoever scanned may think, in seconds. */
export const QR_DECIDE_SECONDS = 120;
/** How long an approval waits for the browser, in seconds. */
export const QR_REDEEM_SECONDS = 60;
/** Tries at the code that the app shows ([QR-3]). */
export const QR_CHECK_TRIES = 3;

export type QrState = 'pending' | 'scanned' | 'approved' | 'used' | 'refused' | 'void';

/** The moves a ticket may make; drawn in README.md. Each is one conditional statement of the store. */
export const QR_MOVES: Readonly<Record<QrState, readonly QrState[]>> = {
  pending: ['scanned', 'void'],
  scanned: ['approved', 'refused', 'void'],
  approved: ['used', 'void'],
  used: [],
  refused: [],
  void: [],
};

/** What was asked for when the picture was made; nothing of it can be changed by scanning ([QR-4]). */
export interface QrContext {
  clientId: string | null;
  interaction: string | null;
  /** Handle of the ceremony that it is a proof of; null for a sign-in that begins with it. */
  ceremony: string | null;
  /** What is asked, in all but whose account it is: only scanning tells. */
  question: AppQuestion;
  /** SHA-256 of the secret of a browser that signed in before, in base64url; it may be another account's. */
  recognised: string | null;
}

export interface QrTicket {
  id: string;
  context: QrContext;
  /** The browser that shows the picture: what the app tells its holder about it. */
  client: ClientInfo;
  state: QrState;
  redraws: number;
  scanner: Scanner | null;
  /** Keyed hash of the code to type; null where none is wanted. */
  checkHash: Buffer | null;
  checkTries: number;
  /** The device's signed approval. */
  approval: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** The device that scanned, and whose it is. */
export interface Scanner {
  accountId: string;
  deviceId: string;
}

/** What the picture holds. */
export interface QrCode {
  id: string;
  codeHash: Buffer;
}

/** The text of a picture: the ticket's id and a secret of 128 bits, 32 bytes in base64url ([QR-1]). */
export const writeTicketCode = (id: string, secret: Uint8Array): string =>
  Buffer.concat([uuidBytes(id), secret]).toString('base64url');

/** What such a text names; undefined when it is none. */
export function readTicketCode(text: string): QrCode | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 32) return undefined;
  return { id: uuidFromBytes(bytes.subarray(0, 16)), codeHash: hashTicketCode(bytes.subarray(16)) };
}

export const hashTicketCode = (secret: Uint8Array): Buffer =>
  createHash('sha256').update('sigillo ticket v1').update(secret).digest();

/** Who shows it. */
export interface QrHolder {
  id: string;
  browserHash: Buffer;
}

/** What pages that show a ticket wait for. */
export const topicOfTicket = (id: string): string => `qr:${id}`;

/** Codes to be typed into an app in place of a picture. */
export interface TypedTickets {
  insert(tx: Tx, typed: { id: string; codeHash: Buffer; ticketId: string; expiresAt: Date }): Promise<void>;
  /** The ticket of a code that did not expire. */
  find(tx: Tx, codeHash: Buffer, now: Date): Promise<string | undefined>;
}

/** Each method is one atomic decision, and says whether it was made for this caller. */
export interface QrTicketStore {
  insert(tx: Tx, ticket: QrTicket, codeHash: Buffer, browserHash: Buffer): Promise<void>;
  /** For the browser that shows it, whatever its state; undefined for anybody else. */
  find(tx: Tx, holder: QrHolder): Promise<QrTicket | undefined>;
  /** For the device that scanned it. */
  findScanned(tx: Tx, id: string, scanner: Scanner): Promise<QrTicket | undefined>;
  /** Another picture in place of the last one, which is worth nothing from then on. */
  redraw(tx: Tx, holder: QrHolder, codeHash: Buffer, times: { now: Date; expiresAt: Date }): Promise<boolean>;
  /** Pending → scanned for the first device. */
  scan(
    tx: Tx,
    code: QrCode,
    scanner: Scanner,
    times: { now: Date; expiresAt: Date },
  ): Promise<QrTicket | undefined>;
  /** Void, where another device has scanned it before: one of the two is not whom the page is for ([QR-2]). */
  voidScannedTwice(tx: Tx, code: QrCode, second: Scanner): Promise<boolean>;
  approve(
    tx: Tx,
    id: string,
    scanner: Scanner,
    approved: { approval: string; checkHash: Buffer | null; now: Date; expiresAt: Date },
  ): Promise<boolean>;
  refuse(tx: Tx, id: string, scanner: Scanner, now: Date): Promise<boolean>;
  /** Counts one try at the code before it is looked at; undefined when there is none left. */
  takeCheckTry(
    tx: Tx,
    holder: QrHolder,
    limit: number,
    now: Date,
  ): Promise<{ checkTries: number } | undefined>;
  /** Approved → used: for one caller of many. */
  redeem(tx: Tx, holder: QrHolder, now: Date): Promise<QrTicket | undefined>;
  /** The browser gives up. */
  cancel(tx: Tx, holder: QrHolder): Promise<boolean>;
}
