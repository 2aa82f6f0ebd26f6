import { noticesCan, turnNoticesOn } from '../link/notices.ts';
import { callDevice } from '../linked/device-call.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { recall, remember } from '../worker/memory.ts';

/**
 * Tells the servers where notices reach this app now, when the browser gave it another address while it was closed.
 * What cannot be told today is told at the next start.
 */
export async function renewNotices(accounts: readonly LinkedAccount[]): Promise<void> {
  if (noticesCan() !== 'be-used' || !(await recall('hasLostPush'))) return;
  for (const account of accounts) {
    const { wantsPush } = await callDevice<{ wantsPush: boolean }>(account, 'GET', '/device/me');
    if (wantsPush) await turnNoticesOn(account);
  }
  await remember('hasLostPush', false);
}
