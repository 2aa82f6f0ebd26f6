import { createContext, type ReactElement, type ReactNode, useContext } from 'react';
import { Task } from '../app/task.tsx';

export interface StageProps {
  title: string;
  lead?: ReactNode;
  /** Above the title: the step of a wizard. */
  before?: ReactNode;
  children: ReactNode;
}

/** Where a step is shown: on a card of its own, or inside a dialog. */
export type StageComponent = (props: StageProps) => ReactElement;

const StageContext = createContext<StageComponent>(Task);

export const StageProvider = StageContext.Provider;

/** The place where the steps of this ceremony are shown. */
export function useStage(): StageComponent {
  return useContext(StageContext);
}
