import { useEffect, useEffectEvent, useState } from 'react';
import type { CeremonyView } from '../../../api/contract.ts';
import { type Action, useAction } from '../../../forms/use-action.ts';
import {
  askPasskey,
  knowsPasskeys,
  offersPasskeysInFields,
  withPasskeyWords,
} from '../../../passkeys/browser-passkeys.ts';
import { type PasskeyQuestion, signInWithPasskey, startPasskeySignIn } from './sign-in.api.ts';

/** A question lasts five minutes; the one that waits in the field is asked anew before. */
const FRESH_MS = 4 * 60 * 1000;

export interface PasskeySignIn extends Omit<Action, 'run' | 'fail'> {
  /** Asks in a window of the browser's; undefined where passkeys are not to be had. */
  ask: (() => void) | undefined;
}

interface PasskeyAnswer {
  ticket: string;
  credential: object;
}

async function answerTo(question: PasskeyQuestion, inField?: AbortSignal): Promise<PasskeyAnswer> {
  return { ticket: question.ticket, credential: await askPasskey(question.publicKey, inField) };
}

/** Waits until a passkey is picked in the field, with ever fresh questions; nothing when it is not to be. */
async function answerInField(left: AbortSignal): Promise<PasskeyAnswer | undefined> {
  if (!(await offersPasskeysInFields())) return undefined;
  for (;;) {
    const old = AbortSignal.timeout(FRESH_MS);
    try {
      return await answerTo(await startPasskeySignIn(), AbortSignal.any([left, old]));
    } catch {
      // Nobody asked for anything yet, so nobody is told: the button says what is wrong.
      if (left.aborted || !old.aborted) return undefined;
    }
  }
}

/** Signing in with a passkey: it waits among the saved user names, and is asked for by a press. */
export function usePasskeySignIn(
  isTaken: boolean,
  interaction: string | null,
  onStarted: (ceremony: CeremonyView) => void,
): PasskeySignIn {
  const { run, fail: _, ...action } = useAction();
  // A browser waits for one answer at a time: the field waits again after the window is closed.
  const [isAsking, setAsking] = useState(false);
  const enabled = isTaken && knowsPasskeys();

  const handIn = async (answer: PasskeyAnswer): Promise<void> =>
    onStarted(
      await withPasskeyWords(() => signInWithPasskey({ ...answer, ...(interaction && { interaction }) })),
    );
  const takeFromField = useEffectEvent(async (left: AbortSignal) => {
    const answer = await answerInField(left);
    if (answer && !left.aborted) await run(() => handIn(answer));
  });
  useEffect(() => {
    if (!enabled || isAsking) return;
    const waiting = new AbortController();
    void takeFromField(waiting.signal);
    return () => waiting.abort();
  }, [enabled, isAsking]);

  const ask = async (): Promise<void> => {
    setAsking(true);
    await run(async () => handIn(await answerTo(await startPasskeySignIn())));
    setAsking(false);
  };
  return { ...action, ask: enabled ? () => void ask() : undefined };
}
