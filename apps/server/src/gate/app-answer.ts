import { type PublicJwk, textDigest, verifyMessage } from '@sigillo/device-protocol';
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

/** What an answer must say besides the decision, in whichever language it was asked. */
async function expectedFor({ gate, issuer, text }: AnswerPorts, { id, accountId, question }: Asked) {
  const base = {
    issuer,
    nonce: nonceOf(gate, id),
    account: accountId,
    client: question.client,
    type: question.type,
    operationDigest: question.operationDigest,
  };
  return Promise.all(
    (['it', 'en'] as const).map(async (language) => ({
      ...base,
      textDigest: await textDigest(text(question, language)),
    })),
  );
}

/** The approval, if this key signed it for exactly this question ([PUSH-3]); undefined otherwise. */
export async function readApproval(ports: AnswerPorts, asked: Asked, jws: string, key: PublicJwk) {
  for (const expected of await expectedFor(ports, asked)) {
    const read = await verifyMessage('sigillo-approval', jws, key, expected);
    if (read.verified) return read.message;
  }
  return undefined;
}

/** The refusal, if this key signed it for exactly this question; undefined otherwise. */
export async function readRefusal(ports: AnswerPorts, asked: Asked, jws: string, key: PublicJwk) {
  for (const expected of await expectedFor(ports, asked)) {
    const read = await verifyMessage('sigillo-refusal', jws, key, expected);
    if (read.verified) return read.message;
  }
  return undefined;
}
