import type { Refusal } from '@sigillo/device-protocol';
import { useState } from 'react';
import { DeviceProblem } from '../linked/device-problem.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { UnlockCancelled, useUnlock } from '../unlock/use-unlock.ts';
import type { PendingRequest } from './request.ts';
import { sendApproval, sendRefusal } from './send-answer.ts';

type Ending = 'refused' | 'not-me' | 'wrong' | 'gone' | 'device-gone' | 'device-frozen';

/** How a request ended on this device. */
export type Outcome = { kind: 'approved'; check: string | null } | { kind: Ending };

/** Why an answer did not arrive, where pressing again may do. */
type Trouble = 'offline' | 'locked-again' | 'failed';

export interface Answering {
  outcome: Outcome | undefined;
  trouble: Trouble | undefined;
  /** Which answer is on its way. */
  busy: 'approve' | Refusal['reason'] | undefined;
  /** Unlocks and approves. @param number what was typed from the sign-in page */
  approve(number: string | null): Promise<void>;
  /** Needs no unlocking. */
  refuse(reason: Refusal['reason']): Promise<void>;
}

/** The problems that end a request, by their stable names. */
const ENDINGS: Record<string, Ending> = {
  'request-gone': 'gone',
  'number-wrong': 'wrong',
  'device-gone': 'device-gone',
  'device-frozen': 'device-frozen',
};
const TROUBLES: Record<string, Trouble> = { unreachable: 'offline', 'not-unlocked': 'locked-again' };

/** Answers a request, once. */
export function useAnswer(account: LinkedAccount, request: PendingRequest): Answering {
  const { withApproval } = useUnlock();
  const [outcome, setOutcome] = useState<Outcome>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState<Answering['busy']>();
  const send = async (what: Answering['busy'], answer: () => Promise<Outcome>): Promise<void> => {
    setBusy(what);
    setTrouble(undefined);
    try {
      setOutcome(await answer());
    } catch (error) {
      if (error instanceof UnlockCancelled) return;
      const slug = error instanceof DeviceProblem ? error.slug : '';
      const kind = ENDINGS[slug];
      if (kind) setOutcome({ kind });
      else setTrouble(TROUBLES[slug] ?? 'failed');
    } finally {
      setBusy(undefined);
    }
  };
  const approve = (number: string | null) =>
    send('approve', async () => {
      const check = await withApproval(account, (approver) =>
        sendApproval(account, request, number, approver),
      );
      return { kind: 'approved', check };
    });
  const refuse = (reason: Refusal['reason']) =>
    send(reason, async () => {
      await sendRefusal(account, request, reason);
      return { kind: reason };
    });
  return { outcome, trouble, busy, approve, refuse };
}
