import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callDevice } from '../linked/device-call.ts';
import { DeviceProblem } from '../linked/device-problem.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import type { PendingRequest } from './request.ts';
import type { Scanned } from './scanned.ts';

interface Scan {
  request: PendingRequest | undefined;
  /** Stable name of what went wrong. */
  problem: string | undefined;
  again: () => void;
}

/** Tells the server that this account's device scanned the code, and learns what is asked. */
export function useScan(account: LinkedAccount, scanned: Scanned, onRequest: () => void): Scan {
  const { i18n } = useTranslation();
  const [round, setRound] = useState(0);
  const [result, setResult] = useState<Pick<Scan, 'request' | 'problem'>>();
  const scan = useEffectEvent(async (): Promise<Pick<Scan, 'request' | 'problem'>> => {
    const what = scanned.issuer === undefined ? { code: scanned.code } : { id: scanned.id };
    const body = { ...what, language: i18n.language };
    try {
      const answer = await callDevice<{ request: PendingRequest }>(account, 'POST', '/device/scans', body);
      return { request: answer.request, problem: undefined };
    } catch (error) {
      return { request: undefined, problem: error instanceof DeviceProblem ? error.slug : 'unknown' };
    }
  });
  const take = useEffectEvent((scan: Pick<Scan, 'request' | 'problem'>) => {
    setResult(scan);
    if (scan.request) onRequest();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is another try
  useEffect(() => {
    let isWanted = true;
    void scan().then((answer) => isWanted && take(answer));
    return () => {
      isWanted = false;
    };
  }, [round]);
  return {
    request: result?.request,
    problem: result?.problem,
    again: () => {
      setResult(undefined);
      setRound(round + 1);
    },
  };
}
