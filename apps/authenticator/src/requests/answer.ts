import {
  type Approval,
  type Messages,
  type Question,
  type Refusal,
  textDigest,
} from '@sigillo/device-protocol';
import type { PendingRequest } from './request.ts';

/**
 * The question as an answer repeats it. The text's digest is of the very text that was received and shown, never
 * of one put together here.
 *
 * @param issuer origin of whoever asked
 */
async function questionOf(issuer: string, request: PendingRequest): Promise<Question> {
  const { nonce, account, client, type, operationDigest, text } = request;
  return { issuer, nonce, account, client, type, operationDigest, textDigest: await textDigest(text) };
}

/** Yes, as A signs it. @param number what was typed from the sign-in page; null where nothing is */
export async function approvalOf(
  issuer: string,
  request: PendingRequest,
  said: { number: string | null; generation: number },
): Promise<Approval> {
  return { ...(await questionOf(issuer, request)), decision: 'approved', ...said };
}

/** No, as D signs it. */
export async function refusalOf(
  issuer: string,
  request: PendingRequest,
  reason: Refusal['reason'],
): Promise<Messages['sigillo-refusal']> {
  return { ...(await questionOf(issuer, request)), reason };
}
