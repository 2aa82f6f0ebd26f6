import { callDevice } from '../linked/device-call.ts';
import { DeviceProblem } from '../linked/device-problem.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import type { LinkedAccounts } from '../linked/linked-accounts.ts';

/** Takes an account off this app. @returns whether its issuer knows; without a network it does not */
export async function removeAccount(store: LinkedAccounts, account: LinkedAccount): Promise<boolean> {
  const isTold = account.state === 'stopped' || (await tell(account));
  await store.remove(account.id);
  return isTold;
}

async function tell(account: LinkedAccount): Promise<boolean> {
  try {
    await callDevice(account, 'DELETE', '/device/me');
    return true;
  } catch (error) {
    if (!(error instanceof DeviceProblem)) throw error;
    return error.slug === 'device-gone' || error.slug === 'device-frozen';
  }
}
