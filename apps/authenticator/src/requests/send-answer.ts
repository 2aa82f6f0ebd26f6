import { type Refusal, signMessage } from '@sigillo/device-protocol';
import { callDevice } from '../linked/device-call.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import type { Approver } from '../unlock/use-unlock.ts';
import { approvalOf, refusalOf } from './answer.ts';
import type { PendingRequest } from './request.ts';

const pathOf = ({ id }: PendingRequest) => `/device/requests/${encodeURIComponent(id)}`;

/**
 * Approves, by the key that unlocking released.
 *
 * @param number what was typed from the sign-in page; null where nothing is
 * @returns six digits to be typed into the browser; null where none are wanted
 * @throws DeviceProblem
 */
export async function sendApproval(
  account: LinkedAccount,
  request: PendingRequest,
  number: string | null,
  { sign, generation }: Approver,
): Promise<string | null> {
  const message = await approvalOf(account.issuer, request, { number, generation });
  const body = { approval: await sign('sigillo-approval', message) };
  const path = `${pathOf(request)}/approve`;
  return (await callDevice<{ check: string | null }>(account, 'POST', path, body)).check;
}

/** Refuses, by the key that needs no unlocking. @throws DeviceProblem */
export async function sendRefusal(
  account: LinkedAccount,
  request: PendingRequest,
  reason: Refusal['reason'],
): Promise<void> {
  const { deviceKey: key, deviceKeyId: keyId } = account.keys;
  const message = await refusalOf(account.issuer, request, reason);
  const refusal = await signMessage('sigillo-refusal', message, { key, keyId });
  await callDevice(account, 'POST', `${pathOf(request)}/refuse`, { refusal });
}
