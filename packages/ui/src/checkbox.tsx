import { type ReactElement, type ReactNode, useId } from 'react';
import { Icon } from './icon.tsx';

interface CheckboxProps {
  id?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  error?: string | undefined;
  children: ReactNode;
}

/** A statement to tick. */
export function Checkbox({ id, checked, onChange, error, children }: CheckboxProps): ReactElement {
  const ownId = useId();
  const errorId = `${id ?? ownId}-error`;
  return (
    <div className="field">
      <label className="checkbox">
        <input
          id={id ?? ownId}
          type="checkbox"
          checked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{children}</span>
      </label>
      {error && (
        <p className="field-error" id={errorId}>
          <Icon name="warning" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
