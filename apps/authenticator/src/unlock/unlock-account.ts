import {
  type Bytes,
  base64urlDecode,
  base64urlEncode,
  dropGeneration,
  highestGeneration,
  type Key,
  sealApprovalKey,
  signMessage,
  thumbprint,
  type UnlockAnswer,
  type UnlockSecret,
  unlock,
  unlockInput,
} from '@sigillo/device-protocol';
import { callDevice } from '../linked/device-call.ts';
import { DeviceProblem } from '../linked/device-problem.ts';
import type { KeptSeed, LinkedAccount } from '../linked/linked-account.ts';
import type { LinkedAccounts } from '../linked/linked-accounts.ts';

/** An approval key that opened; kept in memory only. */
export interface OpenApproval {
  signingKey: Key;
  /** What another outer layer is put around, when the code is changed. */
  inner: Bytes;
}

export type UnlockOutcome =
  | { outcome: 'open'; approval: OpenApproval }
  | { outcome: 'wrong-code'; triesLeft: number };

/** The issuer grants so many tries in a row, and then removes this app (docs/device-protocol.md). */
const TRIES = 10;
const CONFIRM_TIMES = 3;

/**
 * One try to open an account, steps 1 to 7 of docs/device-protocol.md. When it says open, the issuer has moved on
 * to the generation that is stored, and approvals can be signed.
 *
 * @throws DeviceProblem `unreachable`; `device-gone` when it was the last try; `device-frozen`, `unlock-refused`
 */
export function unlockAccount(
  store: LinkedAccounts,
  id: string,
  secret: UnlockSecret,
): Promise<UnlockOutcome> {
  return oneAtATime(async () => {
    const account = await present(store, id);
    const answer = await askShares(account, secret);
    const opened = await unlock(account.keys, secret, account.stored, answer);
    if (!opened.unlocked) {
      if (opened.reason === 'no-such-generation') throw await stopped(store, id);
      return countWrong(store, account, secret);
    }
    const { signingKey, inner } = opened;
    await store.update(id, { stored: opened.store });
    await confirm(account, signingKey, answer.generation);
    const stored = dropGeneration(opened.store, answer.generation);
    await store.update(id, { stored, wrongTries: 0 });
    return { outcome: 'open', approval: { signingKey, inner } };
  });
}

/**
 * Puts an account under a secret of the holder's choice: the first time, when the code is changed, when a passkey
 * takes its place. Afterwards this secret opens it, and no other.
 *
 * @param seed the seed under the same secret, stored in the same moment
 * @throws DeviceProblem and nothing is changed
 */
export function sealUnder(
  store: LinkedAccounts,
  id: string,
  secret: UnlockSecret,
  { signingKey, inner }: OpenApproval,
  seed: KeptSeed,
): Promise<void> {
  return oneAtATime(async () => {
    const account = await present(store, id);
    const answer = await askShares(account, secret);
    const both = await sealApprovalKey(account.keys, secret, { inner }, answer);
    await store.update(id, { stored: both, seed });
    // Not heard, it changes nothing: the older one of the two opens.
    const isConfirmed = await confirm(account, signingKey, answer.generation).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DeviceProblem && error.slug === 'unreachable') return false;
        throw error;
      },
    );
    const stored = isConfirmed ? dropGeneration(both, answer.generation) : both;
    await store.update(id, { stored, state: 'ready', wrongTries: 0, hasOldCode: false });
  });
}

/** One lock for all accounts and tabs, around everything between a question and what is stored of its answer. */
const oneAtATime = <T>(work: () => Promise<T>): Promise<T> => navigator.locks.request('sigillo-unlock', work);

async function present(store: LinkedAccounts, id: string): Promise<LinkedAccount> {
  const account = await store.find(id);
  if (!account || account.state === 'stopped') throw new DeviceProblem('device-gone', 410);
  return account;
}

async function askShares(account: LinkedAccount, secret: UnlockSecret): Promise<UnlockAnswer> {
  const { issuer, device, keys, stored } = account;
  const x = base64urlEncode(await unlockInput(keys, secret));
  const generation = highestGeneration(stored);
  const body = async (nonce: string) => ({
    message: await signMessage(
      'sigillo-unlock',
      { issuer, device, nonce, generation, x },
      { key: keys.deviceKey, keyId: keys.deviceKeyId },
    ),
  });
  const answer = await callDevice<Record<keyof UnlockAnswer, unknown>>(
    account,
    'POST',
    '/device/unlock',
    body,
  );
  const [share, nextShare] = [answer.share, answer.nextShare].map((text) => base64urlDecode(String(text)));
  if (!share || !nextShare) throw new DeviceProblem('unreachable', 0);
  return { generation: Number(answer.generation), share, nextShare };
}

/** Said again when the network fails: hearing it twice changes nothing. */
async function confirm(account: LinkedAccount, key: Key, generation: number): Promise<void> {
  const { issuer, device, approvalKey } = account;
  const signer = { key, keyId: await thumbprint(approvalKey) };
  const body = async (nonce: string) => ({
    message: await signMessage('sigillo-unlock-confirmation', { issuer, device, nonce, generation }, signer),
  });
  for (let time = 1; ; time++) {
    try {
      return await callDevice(account, 'POST', '/device/unlock/confirm', body);
    } catch (error) {
      const isOver =
        !(error instanceof DeviceProblem) || error.slug !== 'unreachable' || time === CONFIRM_TIMES;
      if (isOver) throw error;
    }
  }
}

/** After the last one the issuer is asked once more: it ends this app then, and says so. */
async function countWrong(
  store: LinkedAccounts,
  account: LinkedAccount,
  secret: UnlockSecret,
): Promise<UnlockOutcome> {
  const wrongTries = account.wrongTries + 1;
  await store.update(account.id, { wrongTries });
  if (wrongTries >= TRIES) await askShares(account, secret);
  return { outcome: 'wrong-code', triesLeft: Math.max(0, TRIES - wrongTries) };
}

async function stopped(store: LinkedAccounts, id: string): Promise<DeviceProblem> {
  await store.update(id, { state: 'stopped' });
  return new DeviceProblem('unlock-refused', 422);
}
