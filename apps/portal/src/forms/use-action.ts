import { useSecondsLeft } from '@sigillo/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { ApiProblem, isProblem } from '../api/api-problem.ts';

export interface Action {
  /** Runs the work; true when it succeeded. Does nothing while it runs or has to wait. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  busy: boolean;
  /** Why the last try failed. */
  problem: ApiProblem | undefined;
  /** Number of failed tries; see `ErrorSummary`. */
  attempt: number;
  /** Until the server takes the next try. */
  waitSeconds: number;
  /** Counts a try that failed before anything was sent. */
  fail: () => void;
}

/** What the steps of a sign-in stand on. When it is over, the page that shows them asks again, and says so. */
const STANDS_ON: readonly unknown[] = ['sign-in', 'ceremony', 'consent'];

/** Something sent to the server because the holder asked: whether it goes on, and how it failed. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [attempt, setAttempt] = useState(0);
  const [broken, setBroken] = useState<unknown>();
  const queryClient = useQueryClient();
  const waitSeconds = useSecondsLeft(problem?.retryAtMs ?? null);
  // What is no problem of the server is a mistake of ours: the page's error boundary shows it.
  if (broken) throw broken;

  const fail = useCallback((thrown?: ApiProblem) => {
    setProblem(thrown);
    setAttempt((count) => count + 1);
  }, []);

  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy || waitSeconds > 0) return false;
    setBusy(true);
    try {
      await work();
      setProblem(undefined);
      return true;
    } catch (error) {
      if (isProblem(error, 'ceremony-gone', 'interaction-gone'))
        void queryClient.invalidateQueries({ predicate: ({ queryKey }) => STANDS_ON.includes(queryKey[0]) });
      if (error instanceof ApiProblem) fail(error);
      else setBroken(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, problem, attempt, waitSeconds, fail };
}
