import { createHash } from 'node:crypto';
import { type PublicJwk, verifyMessage } from '@sigillo/device-protocol';
import { nonceOf } from './app-question.ts';
import type { AppQuestion } from './model.ts';
import type { Gate } from './ports.ts';

/** The words in which a question is shown; see `questionText`. */
export type QuestionText = (question: AppQuestion, language: 'it' | 'en') => string;

/** A question as an app was given it. */
export interface Asked {
  /** Id of the challenge or ticket. */
  id: string;
  accountId: string;
  question: AppQuestion;
}

export interface AnswerPorts {
  gate: Pick<Gate, 'keyring'>;
  issuer: string;
  text: QuestionText;
}

/** What an answer must say besides the decision, in the language in which it says it was asked. */
function expectedFor({ gate, issuer, text }: AnswerPorts, { id, accountId, question }: Asked, jws: string) {
  // Only to choose between two: what it says is believed once it is verified.
  const claimed = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString();
  const [it, en] = [digestOf(text(question, 'it')), digestOf(text(question, 'en'))];
  return {
    issuer,
    nonce: nonceOf(gate, id),
    account: accountId,
    client: question.client,
    type: question.type,
    operationDigest: question.operationDigest,
    textDigest: claimed.includes(en) ? en : it,
  };
}

/** `textDigest` of the device protocol, without the way through Web Crypto's threads. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The approval, if this key signed it for exactly this question ([PUSH-3]); undefined otherwise. */
export async function readApproval(ports: AnswerPorts, asked: Asked, jws: string, key: PublicJwk) {
  const read = await verifyMessage('sigillo-approval', jws, key, expectedFor(ports, asked, jws));
  return read.verified ? read.message : undefined;
}

/** The refusal, if this key signed it for exactly this question; undefined otherwise. */
export async function readRefusal(ports: AnswerPorts, asked: Asked, jws: string, key: PublicJwk) {
  const read = await verifyMessage('sigillo-refusal', jws, key, expectedFor(ports, asked, jws));
  return read.verified ? read.message : undefined;
}
