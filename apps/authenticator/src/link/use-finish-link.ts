import type { UnlockSecret } from '@sigillo/device-protocol';
import { useRef } from 'react';
import { useLinkedStore } from '../linked/use-linked-accounts.ts';
import { askToKeepStorage } from '../vault/keep-storage.ts';
import { deviceName } from './device-name.ts';
import { linkNow, sealLink, type Unfinished } from './keep-link.ts';
import { turnNoticesOn } from './notices.ts';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';

/**
 * Links and puts the account under a secret. When the network fails between the two, pressing again goes on with
 * the second: the approval key waits in memory.
 *
 * @returns does it @throws DeviceProblem
 */
export function useFinishLink(link: Link): (secret: UnlockSecret) => Promise<void> {
  const store = useLinkedStore();
  const { t } = useLinkTexts();
  const unfinished = useRef<Unfinished>(undefined);
  return async (secret) => {
    const { draft } = link;
    unfinished.current ??= await linkNow(store, draft, secret, deviceName(t));
    await sealLink(store, unfinished.current, secret);
    const { account } = unfinished.current;
    link.chosenCode.current = 'code' in secret ? secret.code : undefined;
    askToKeepStorage();
    const noticesFailed = draft.wantsNotices && !(await turnNoticesOn(account).then(yes, no));
    await link.update({ linked: account.id, noticesFailed, step: 'done' });
  };
}

const yes = (): boolean => true;
/** Whatever kept notices from being turned on, the account is linked. */
const no = (): boolean => false;
