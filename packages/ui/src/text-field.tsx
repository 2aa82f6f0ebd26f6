import type { ComponentProps, ReactElement } from 'react';
import { FieldFrame, type FieldProps } from './field-frame.tsx';

interface TextFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'onChange'> {
  value: string;
  onChange: (value: string) => void;
}

/** One line of text. */
export function TextField(props: TextFieldProps): ReactElement {
  const { id, label, hint, error, optional, onChange, className, ...input } = props;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => (
        <input
          type="text"
          {...input}
          {...control}
          className={className ? `input ${className}` : 'input'}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </FieldFrame>
  );
}

interface TextAreaProps extends FieldProps, Omit<ComponentProps<'textarea'>, 'onChange'> {
  value: string;
  onChange: (value: string) => void;
}

/** Several lines of text. */
export function TextArea(props: TextAreaProps): ReactElement {
  const { id, label, hint, error, optional, onChange, ...area } = props;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional ?? false}>
      {(control) => (
        <textarea
          {...area}
          {...control}
          className="input"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </FieldFrame>
  );
}
