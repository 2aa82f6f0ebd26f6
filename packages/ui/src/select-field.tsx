import type { ReactElement } from 'react';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { Icon } from './icon.tsx';

interface SelectFieldProps<Value extends string> extends FieldProps {
  id?: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of a few: the browser's own list, which every phone shows well. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>): ReactElement {
  const { id, value, options, onChange, ...frame } = props;
  const choose = (chosen: string): void => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onChange(option.value);
  };

  return (
    <FieldFrame {...frame} id={id}>
      {(control) => (
        <div className="select">
          <select
            {...control}
            className="input"
            value={value}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" />
        </div>
      )}
    </FieldFrame>
  );
}
