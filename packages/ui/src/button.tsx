import type { ComponentProps, MouseEvent, ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { Spinner } from './spinner.tsx';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-quiet';

/** Class names of a button, for links that look like one. */
export function buttonClass(look: ButtonLook, options: { wide?: boolean; small?: boolean } = {}): string {
  return ['button', `button--${look}`, options.wide && 'button--wide', options.small && 'button--small']
    .filter(Boolean)
    .join(' ');
}

export interface ButtonProps extends ComponentProps<'button'> {
  look?: ButtonLook;
  wide?: boolean;
  small?: boolean;
  icon?: IconName;
  /** Work goes on: the button says so, keeps the focus and does nothing when pressed again. */
  busy?: boolean;
  /** Cannot be used now; stays reachable by keyboard, so that the reason beside it can be read. */
  unavailable?: boolean;
  children: ReactNode;
}

/** The one button. `disabled` is not offered: a disabled button loses the focus and explains nothing. */
export function Button(props: ButtonProps): ReactElement {
  const {
    look = 'secondary',
    wide,
    small,
    icon,
    busy,
    unavailable,
    children,
    className,
    onClick,
    ...rest
  } = props;
  const blocked = busy || unavailable;
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (blocked) event.preventDefault();
    else onClick?.(event);
  };
  const classes = buttonClass(look, { wide: wide ?? false, small: small ?? false });

  return (
    <button
      type="button"
      {...rest}
      className={className ? `${classes} ${className}` : classes}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      onClick={press}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}
