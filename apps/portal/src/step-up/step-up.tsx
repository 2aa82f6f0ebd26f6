import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useState } from 'react';
import { ApiProblem, isProblem } from '../api/api-problem.ts';
import type { CeremonyView } from '../api/contract.ts';
import { StepUpDialog } from './step-up-dialog.tsx';

/** Runs a request; when the server asks for a fresh proof, lets the holder give it and runs it again. */
export type WithProof = <Answer>(request: () => Promise<Answer>) => Promise<Answer>;

const StepUpContext = createContext<WithProof>((request) => request());

/** For sensitive operations: `await withProof(() => endSession(id))`. */
export function useStepUp(): WithProof {
  return useContext(StepUpContext);
}

interface Pending {
  ceremony: CeremonyView;
  settle: (proven: boolean) => void;
}

/** Shows the dialog of a step-up above the page that needed it. */
export function StepUpProvider({ children }: { children: ReactNode }): ReactElement {
  const [pending, setPending] = useState<Pending>();

  const withProof = useCallback<WithProof>(async (request) => {
    try {
      return await request();
    } catch (error) {
      if (!isProblem(error, 'proof-needed')) throw error;
      const ceremony = error.extension.ceremony as CeremonyView;
      const proven = await new Promise<boolean>((settle) => setPending({ ceremony, settle }));
      setPending(undefined);
      if (!proven) throw new ApiProblem('proof-given-up', 0);
      return await request();
    }
  }, []);

  return (
    <StepUpContext.Provider value={withProof}>
      {children}
      {pending && <StepUpDialog ceremony={pending.ceremony} onEnd={pending.settle} />}
    </StepUpContext.Provider>
  );
}
