import { Stepper } from '@sigillo/ui';
import type { ComponentProps, ReactElement } from 'react';
import { Screen } from '../app/screen.tsx';
import type { LinkDraft, LinkStep } from '../linked/link-draft.ts';

/** Both ways, in their order; what comes after the unlock code is no longer work. */
const STEPS: Record<LinkDraft['way'], readonly LinkStep[]> = {
  credentials: ['credentials', 'prove', 'name', 'notices', 'unlock-code'],
  pairing: ['confirm-account', 'name', 'notices', 'unlock-code'],
};

/** A step of the set-up: "Step 2 of 5", then what is asked. */
export function LinkScreen(
  props: Omit<ComponentProps<typeof Screen>, 'before'> & { draft: LinkDraft },
): ReactElement {
  const { draft, ...screen } = props;
  const steps = STEPS[draft.way];
  const before = <Stepper step={steps.indexOf(draft.step) + 1} of={steps.length} />;
  return <Screen {...screen} before={before} />;
}
