import { base64urlDecode, type UnlockSecret } from '@sigillo/device-protocol';
import { DeviceProblem } from '../linked/device-problem.ts';
import { keepSeed } from '../linked/kept-seed.ts';
import type { LinkDraft } from '../linked/link-draft.ts';
import type { KeptSeed, LinkedAccount } from '../linked/linked-account.ts';
import type { LinkedAccounts } from '../linked/linked-accounts.ts';
import { sealUnder } from '../unlock/unlock-account.ts';
import { type FreshLink, finishLink } from './link-calls.ts';

/** An account that the issuer has linked, whose approval key is not under the unlock code yet. */
export interface Unfinished {
  account: LinkedAccount;
  fresh: FreshLink;
}

/** Links, and stores what may be stored: the keys, and the seed as the unlock secret hides it. @throws DeviceProblem */
export async function linkNow(
  store: LinkedAccounts,
  draft: LinkDraft,
  secret: UnlockSecret,
  deviceName: string,
): Promise<Unfinished> {
  const fresh = await finishLink(draft, deviceName);
  const account = await store.add({
    issuer: draft.issuer,
    device: fresh.device,
    account: fresh.account,
    name: draft.name,
    approvalKey: fresh.approvalKey,
    keys: draft.keys,
    stored: [],
    seed: await keptSeed(draft, secret, fresh.seed),
    state: 'setting-up',
    linkedAtMs: Date.now(),
    wrongTries: 0,
    hasOldCode: false,
  });
  await store.keepDraft({ ...draft, linked: account.id });
  return { account, fresh };
}

/** Puts the approval key under the unlock secret: from then on the account is ready. May be tried again. @throws DeviceProblem */
export async function sealLink(
  store: LinkedAccounts,
  { account, fresh }: Unfinished,
  secret: UnlockSecret,
): Promise<void> {
  const seed = await keptSeed(account, secret, fresh.seed);
  await sealUnder(store, account.id, secret, fresh.approval, seed);
}

async function keptSeed(
  owner: Pick<LinkDraft, 'keys'>,
  secret: UnlockSecret,
  text: string,
): Promise<KeptSeed> {
  const seed = base64urlDecode(text);
  if (!seed) throw new DeviceProblem('unreachable', 0);
  return keepSeed(owner, secret, seed);
}
