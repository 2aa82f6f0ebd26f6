import type { ComponentProps, ReactElement } from 'react';
import { digitsOnly } from './digits-only.ts';
import { FieldFrame, type FieldProps } from './field-frame.tsx';

const USUAL_DIGITS = 6;

interface CodeFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  value: string;
  onChange: (value: string) => void;
  /** How many the code has; 6 unless told. */
  digits?: number;
}

/**
 * A code of digits in one field: phones fill it in from the message, and a code pasted with spaces,
 * dashes or the words around it is taken as well.
 */
export function CodeField(props: CodeFieldProps): ReactElement {
  const { id, label, hint, error, value, onChange, digits = USUAL_DIGITS, ...input } = props;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      {(control) => (
        <input
          autoComplete="one-time-code"
          {...input}
          {...control}
          className="input input--code"
          type="text"
          inputMode="numeric"
          pattern="[0-9]*"
          value={value}
          onChange={(event) => onChange(digitsOnly(event.currentTarget.value, digits))}
        />
      )}
    </FieldFrame>
  );
}
