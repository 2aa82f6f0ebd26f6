import { normaliseCode } from '@sigillo/otp';
import { TextField } from '@sigillo/ui';
import type { ComponentProps, ReactElement } from 'react';

const MOST_DIGITS = 32;

/** An unlock code: digits alone, hidden, and nothing for a password manager. */
export function UnlockCodeField(
  props: Omit<ComponentProps<typeof TextField>, 'type' | 'autoComplete' | 'inputMode'>,
): ReactElement {
  return (
    <TextField
      {...props}
      type="password"
      inputMode="numeric"
      autoComplete="off"
      className="input--code unlock-code"
      onChange={(typed) => props.onChange((normaliseCode(typed) ?? '').slice(0, MOST_DIGITS))}
    />
  );
}
