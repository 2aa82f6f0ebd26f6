import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { callDevice } from '../linked/device-call.ts';
import type { Happened, LinkedAccount } from '../linked/linked-account.ts';
import type { LinkedAccounts } from '../linked/linked-accounts.ts';
import { useLinkedAccounts, useLinkedStore } from '../linked/use-linked-accounts.ts';
import { onLook } from '../requests/notices.ts';

/** As often an app that is open looks by itself: nobody waits for this. */
const LOOK_MS = 45_000;

/** Something that happened, and to which of the holder's accounts. */
export interface HappenedTo extends Happened {
  account: LinkedAccount;
}

/** What happened to all linked accounts, newest first: what is kept at once, and then what the servers say. */
export function useHappened(): HappenedTo[] | undefined {
  const store = useLinkedStore();
  const { language } = useTranslation().i18n;
  const accounts = useLinkedAccounts();
  const ready = accounts?.filter(({ state }) => state === 'ready');
  const ids = ready?.map(({ id }) => id).join(' ');
  const look = useEffectEvent(() => {
    if (document.visibilityState === 'hidden') return;
    for (const account of ready ?? []) void refresh(store, account, language);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there are other accounts, or other words
  useEffect(() => {
    look();
    const timer = setInterval(look, LOOK_MS);
    const stopNotices = onLook(() => look());
    return () => {
      clearInterval(timer);
      stopNotices();
    };
  }, [ids, language]);
  return accounts
    ?.flatMap((account) => (account.happened ?? []).map((one) => ({ ...one, account })))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** Asks one server, and keeps what it says; without an answer what was kept stays. */
async function refresh(store: LinkedAccounts, account: LinkedAccount, language: string): Promise<void> {
  try {
    const path = `/device/notices?language=${language}`;
    const { notices } = await callDevice<{ notices: Happened[] }>(account, 'GET', path);
    if (JSON.stringify(notices) !== JSON.stringify(account.happened))
      await store.update(account.id, { happened: notices });
  } catch {
    // No network, or the account was stopped: both are said elsewhere.
  }
}

/** Tells each account's server that everything it said was shown. */
export async function tellSeen(store: LinkedAccounts, shown: readonly HappenedTo[]): Promise<void> {
  const accounts = new Map(shown.map(({ account }) => [account.id, account]));
  for (const account of accounts.values()) {
    const [newest] = account.happened ?? [];
    if (!newest || !account.happened?.some(({ isSeen }) => !isSeen)) continue;
    await callDevice(account, 'POST', '/device/notices/seen', { upTo: newest.id });
    const happened = account.happened.map((one) => ({ ...one, isSeen: true }));
    await store.update(account.id, { happened });
  }
}
