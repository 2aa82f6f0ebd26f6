import { Button } from '@sigillo/ui';
import type { ReactElement } from 'react';

interface QuietButtonProps {
  /** Nothing when this way out does not exist here: the button is then left out. */
  onClick: (() => unknown) | undefined;
  children: string;
}

/** A quiet way out, below the primary button. */
export function QuietButton({ onClick, children }: QuietButtonProps): ReactElement | null {
  if (!onClick) return null;
  return (
    <Button look="quiet" wide onClick={() => void onClick()}>
      {children}
    </Button>
  );
}
