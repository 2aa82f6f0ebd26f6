import { Button, type IconName } from '@sigillo/ui';
import type { ReactElement } from 'react';
import type { Action } from './use-action.ts';

interface SubmitButtonProps {
  /** The form, or the action, whose state the button shows. */
  state: Pick<Action, 'busy' | 'waitSeconds'>;
  icon?: IconName;
  /** Where it does something dangerous. */
  look?: 'primary' | 'danger';
  /** Instead of submitting the form around it. */
  onClick?: () => unknown;
  children: string;
}

/** The one primary button of a task: says when it works, and waits when the server asks to. */
export function SubmitButton({
  state,
  icon,
  look = 'primary',
  onClick,
  children,
}: SubmitButtonProps): ReactElement {
  return (
    <Button
      look={look}
      wide
      type={onClick ? 'button' : 'submit'}
      busy={state.busy}
      unavailable={state.waitSeconds > 0}
      {...(icon && { icon })}
      {...(onClick && { onClick: () => void onClick() })}
    >
      {children}
    </Button>
  );
}
