import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useState } from 'react';
import { ApiProblem, isProblem } from '../api/api-problem.ts';
import type { CeremonyView } from '../api/contract.ts';
import { approveOperation, finishStepUp } from './step-up.api.ts';
import { StepUpDialog, type StepUpEnd } from './step-up-dialog.tsx';

/**
 * Runs a request; when the server asks for a fresh proof, lets the holder give it and runs it again. What has to
 * be confirmed by itself is then named: the request passes on the operation that was approved, or in the console the
 * ceremony that approves it.
 *
 * @throws ApiProblem `proof-given-up`, `proof-refused`
 */
export type WithProof = <Answer>(request: (approved?: string) => Promise<Answer>) => Promise<Answer>;

const StepUpContext = createContext<WithProof>((request) => request());

/** For sensitive operations: `await withProof(() => endSession(id))`. */
export function useStepUp(): WithProof {
  return useContext(StepUpContext);
}

interface Pending {
  ceremony: CeremonyView;
  operation: string | undefined;
  settle: (end: StepUpEnd) => void;
}

interface StepUpProviderProps {
  /** Whether a proof is brought along by the request it is for, as operators' decisions are. */
  isConsole?: boolean;
  children: ReactNode;
}

/** Shows the dialog of a step-up above the page that needed it. */
export function StepUpProvider({ isConsole = false, children }: StepUpProviderProps): ReactElement {
  const [pending, setPending] = useState<Pending>();

  const withProof = useCallback<WithProof>(
    async (request) => {
      try {
        return await request();
      } catch (error) {
        if (!isProblem(error, 'proof-needed')) throw error;
        const { ceremony, operation } = error.extension as Pick<Pending, 'ceremony' | 'operation'>;
        const end = await new Promise<StepUpEnd>((settle) => setPending({ ceremony, operation, settle }));
        setPending(undefined);
        if (end !== 'proven') throw new ApiProblem(`proof-${end}`, 0);
        return await request(isConsole ? ceremony.id : operation);
      }
    },
    [isConsole],
  );

  return (
    <StepUpContext.Provider value={withProof}>
      {children}
      {pending && (
        <StepUpDialog
          ceremony={pending.ceremony}
          onProven={isConsole ? undefined : ({ id }) => count(id, pending.operation)}
          onEnd={pending.settle}
        />
      )}
    </StepUpContext.Provider>
  );
}

/** Counts a satisfied ceremony: for what exactly is confirmed, when the proof counts for that alone, else for the session. */
const count = (ceremony: string, operation: string | undefined): Promise<void> =>
  operation ? approveOperation(operation, ceremony) : finishStepUp(ceremony);
