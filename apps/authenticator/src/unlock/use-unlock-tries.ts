import type { UnlockSecret } from '@sigillo/device-protocol';
import { useEffect, useEffectEvent, useState } from 'react';
import { touchFeedback } from '../app/touch-feedback.ts';
import { DeviceProblem } from '../linked/device-problem.ts';

/** Why it is not open yet. */
export type SheetTrouble = 'wrong-code' | 'unreachable' | 'refused' | 'stopped';

/** What one try comes to. */
export type TryUnlock<T> = (
  secret: UnlockSecret | 'passkey',
) => Promise<{ opened: T } | { triesLeft: number }>;

interface Tries {
  trouble: SheetTrouble | undefined;
  triesLeft: number | undefined;
  isBusy: boolean;
  tryCode: (code: string) => Promise<void>;
  tryPasskey: () => Promise<void>;
}

/** The tries on an unlock screen: one at a time, and what became of the last one. */
export function useUnlockTries<T>({
  attempt,
  by,
  onOpen,
}: {
  attempt: TryUnlock<T>;
  by: 'code' | 'prf';
  onOpen: (opened: T) => void;
}): Tries {
  const [trouble, setTrouble] = useState<SheetTrouble>();
  const [triesLeft, setTriesLeft] = useState<number>();
  const [isBusy, setIsBusy] = useState(false);
  const attemptOnce = async (secret: UnlockSecret | 'passkey'): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    setTrouble(undefined);
    try {
      const result = await attempt(secret);
      if ('opened' in result) {
        touchFeedback();
        return onOpen(result.opened);
      }
      setTriesLeft(result.triesLeft);
      setTrouble('wrong-code');
    } catch (error) {
      setTrouble(troubleOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  // The device's own lock comes up by itself; where browsers want a press first, there is the button.
  const start = useEffectEvent(() => void attemptOnce('passkey'));
  useEffect(() => {
    if (by === 'prf') start();
  }, [by]);
  return {
    trouble,
    triesLeft,
    isBusy,
    tryCode: (code) => attemptOnce({ code }),
    tryPasskey: () => attemptOnce('passkey'),
  };
}

function troubleOf(error: unknown): SheetTrouble {
  if (error instanceof DOMException) return 'refused';
  if (!(error instanceof DeviceProblem)) throw error;
  const isStopped = ['device-gone', 'device-frozen', 'unlock-refused'].includes(error.slug);
  return isStopped ? 'stopped' : 'unreachable';
}
