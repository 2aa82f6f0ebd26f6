import { nowMs } from '@sigillo/ui';
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { callDevice } from '../linked/device-call.ts';
import { streamOf } from '../linked/device-stream.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedAccounts } from '../linked/use-linked-accounts.ts';
import { inTurn } from './in-turn.ts';
import { closeNotices, onLook, onNoticePressed } from './notices.ts';
import { renewNotices } from './renew-notices.ts';
import type { PendingRequest } from './request.ts';

/** A request, and which of the holder's accounts it is about. */
export interface Waiting {
  account: LinkedAccount;
  request: PendingRequest;
}

interface Requests {
  /** Those that wait for an answer, newest first. */
  waiting: readonly Waiting[];
  /** Whether every account was asked once. */
  isLoaded: boolean;
  /** How many accounts could not be asked the last time. */
  unreachable: number;
  /** It was answered here: not shown any more, whatever a list says that was on its way. */
  settle(id: string): void;
}

const RequestsContext = createContext<Requests>({
  waiting: [],
  isLoaded: false,
  unreachable: 0,
  settle: () => undefined,
});

/** What the servers of all linked accounts ask, kept up to date. */
export const useRequests = (): Requests => useContext(RequestsContext);

/** What the accounts' servers answered, by the accounts' ids. */
interface Answers {
  /** The last list there was. */
  lists: Readonly<Record<string, readonly PendingRequest[]>>;
  /** Whether the last try got one; nothing before the first try, and again once a notice was pressed. */
  isReached: Readonly<Record<string, boolean>>;
}

/** Asks for requests as long as the app is looked at, for every linked account. */
export function RequestsFrame({ children }: { children: ReactNode }): ReactElement {
  const accounts = useLinkedAccounts();
  const ready = useMemo(() => accounts?.filter(({ state }) => state === 'ready'), [accounts]);
  const [settled, setSettled] = useState<readonly string[]>([]);
  const { lists, isReached } = useAnswers(ready ?? []);
  const waiting = (ready ?? [])
    .flatMap((account) => (lists[account.id] ?? []).map((request) => ({ account, request })))
    .filter(({ request }) => !settled.includes(request.id) && Date.parse(request.expiresAt) > nowMs())
    .sort((a, b) => Date.parse(b.request.createdAt) - Date.parse(a.request.createdAt));
  useEndOf(waiting);
  useRenewal(ready);
  const value: Requests = {
    waiting,
    isLoaded: ready?.every(({ id }) => id in isReached) ?? false,
    unreachable: ready?.filter(({ id }) => isReached[id] === false).length ?? 0,
    settle: (id) => setSettled((known) => [...known, id]),
  };
  return <RequestsContext value={value}>{children}</RequestsContext>;
}

/** The open requests of each account, asked for anew whenever there may be others. */
function useAnswers(accounts: readonly LinkedAccount[]): Answers {
  const { i18n } = useTranslation();
  const { language } = i18n;
  const [answers, setAnswers] = useState<Answers>({ lists: {}, isReached: {} });
  const ids = accounts.map(({ id }) => id).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: an account changes with every unlock; what it asks by does not
  useEffect(() => {
    const stopPressed = onNoticePressed(() => setAnswers((known) => ({ ...known, isReached: {} })));
    const stops = accounts.map((account) => {
      const look = inTurn(
        () => requestsOf(account, language),
        (list) => setAnswers((known) => withAnswer(known, account.id, list)),
      );
      const stopStream = streamOf(account, look.start);
      const stopNotices = onLook(look.start);
      return () => {
        stopStream();
        stopNotices();
        look.stop();
      };
    });
    return () => {
      for (const stop of [stopPressed, ...stops]) stop();
    };
  }, [ids, language]);
  return answers;
}

/** What is known with one more answer; without a list, the last one still holds. */
function withAnswer({ lists, isReached }: Answers, id: string, list?: readonly PendingRequest[]): Answers {
  return {
    lists: list ? { ...lists, [id]: list } : lists,
    isReached: { ...isReached, [id]: list !== undefined },
  };
}

async function requestsOf(
  account: LinkedAccount,
  language: string,
): Promise<readonly PendingRequest[] | undefined> {
  try {
    const path = `/device/requests?language=${language}`;
    const { requests } = await callDevice<{ requests: PendingRequest[] }>(account, 'GET', path);
    if (document.visibilityState === 'visible') void closeNotices();
    return requests;
  } catch {
    return undefined;
  }
}

/** Once at the start, when it is known who is linked. */
function useRenewal(accounts: readonly LinkedAccount[] | undefined): void {
  const isKnown = accounts !== undefined;
  const renew = useEffectEvent(() => renewNotices(accounts ?? []));
  useEffect(() => {
    if (isKnown) renew().catch(() => undefined);
  }, [isKnown]);
}

const LOOK_MS = 500;

/** Has what is over disappear in the moment it is. */
function useEndOf(waiting: readonly Waiting[]): void {
  const [, setEnded] = useState(0);
  const next = Math.min(...waiting.map(({ request }) => Date.parse(request.expiresAt)));
  useEffect(() => {
    if (!Number.isFinite(next)) return;
    // Looked at again and again: a device that slept keeps no timers, but the clock went on.
    const timer = setInterval(() => {
      if (nowMs() >= next) setEnded(next);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [next]);
}
