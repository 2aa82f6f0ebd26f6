import { useState } from 'react';
import { DeviceProblem } from '../linked/device-problem.ts';

/** Work that takes a moment, one at a time, and why it was not done. */
export interface Task {
  /** @returns whether it was done */
  run(work: () => Promise<void>): Promise<boolean>;
  isBusy: boolean;
  problem: DeviceProblem | undefined;
  /** Changes with each failure. */
  attempt: number;
}

/** Problems of the issuer are shown; whatever else goes wrong is a fault of ours and thrown. */
export function useTask(): Task {
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState<{ problem?: DeviceProblem; attempt: number }>({ attempt: 0 });
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (isBusy) return false;
    setIsBusy(true);
    try {
      await work();
      setFailed({ attempt: 0 });
      return true;
    } catch (error) {
      if (!(error instanceof DeviceProblem)) throw error;
      setFailed(({ attempt }) => ({ problem: error, attempt: attempt + 1 }));
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { run, isBusy, problem: failed.problem, attempt: failed.attempt };
}
