import { MATCHING_DIGITS } from '@sigillo/device-protocol';
import type { AnswerPorts, Asked } from '../../gate/app-answer.ts';
import { nonceOf } from '../../gate/app-question.ts';
import type { Challenge } from '../../gate/model.ts';
import type { Gate } from '../../gate/ports.ts';
import type { QrTicketStore, TypedTickets } from '../../gate/qr-ticket.ts';

export type Language = 'it' | 'en';

export interface RequestPorts extends AnswerPorts {
  gate: Gate;
  tickets: QrTicketStore;
  typedTickets: TypedTickets;
  numbers: keyof typeof MATCHING_DIGITS;
}

/** One thing that an app is asked, as it is told. */
export interface RequestView {
  id: string;
  kind: 'push' | 'qr';
  type: string;
  nonce: string;
  account: string;
  client: string;
  operationDigest: string;
  text: string;
  numberDigits: 3 | 6 | null;
  check: string | null;
  fromNewPlace: boolean;
  createdAt: string;
  expiresAt: string;
}

interface Particulars extends Pick<RequestView, 'kind' | 'numberDigits' | 'check'> {
  createdAt: Date;
  expiresAt: Date;
}

/** What an app shows and signs. */
export function requestView(
  ports: RequestPorts,
  asked: Asked,
  { createdAt, expiresAt, ...more }: Particulars,
  language: Language,
): RequestView {
  const { id, accountId, question } = asked;
  return {
    id,
    ...more,
    type: question.type,
    nonce: nonceOf(ports.gate, id),
    account: accountId,
    client: question.client,
    operationDigest: question.operationDigest,
    text: ports.text(question, language),
    fromNewPlace: question.isNewBrowser,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

/** A push that waits, as its app is asked. */
export function pushView(ports: RequestPorts, challenge: Challenge, language: Language): RequestView[] {
  const { id, proverId, question, createdAt, expiresAt } = challenge;
  if (!question) return [];
  const numberDigits = MATCHING_DIGITS[ports.numbers];
  const particulars = { kind: 'push' as const, numberDigits, check: null, createdAt, expiresAt };
  return [requestView(ports, { id, accountId: proverId, question }, particulars, language)];
}
