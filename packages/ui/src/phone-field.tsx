import { type ReactElement, useEffect } from 'react';
import { prefixOf } from './countries.ts';
import { CountryPicker } from './country-picker.tsx';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { fillPhone, type PhoneValue, readPhone } from './phone-number.ts';

interface PhoneFieldProps extends FieldProps {
  id?: string;
  value: PhoneValue;
  onChange: (value: PhoneValue) => void;
}

/** Country and number of a telephone. Loaded when needed: it carries the numbering plans of the world. */
export function PhoneField({ id, value, onChange, ...frame }: PhoneFieldProps): ReactElement {
  const prefix = prefixOf(value.country);
  // A number known beforehand comes in E.164, without a country.
  useEffect(() => {
    if (value.country === '' && value.typed !== '') onChange(fillPhone(value.typed));
  }, [value, onChange]);

  return (
    <div className="phone-field">
      <CountryPicker
        value={value.country}
        onChange={(country) => onChange(readPhone(value.typed, country.code))}
      />
      <FieldFrame {...frame} id={id}>
        {(control) => (
          <div className="phone-number">
            <span className="phone-prefix" aria-hidden="true">
              {prefix}
            </span>
            <input
              {...control}
              className="input"
              type="tel"
              autoComplete="tel"
              value={value.typed}
              onChange={(event) => onChange(readPhone(event.currentTarget.value, value.country))}
            />
          </div>
        )}
      </FieldFrame>
    </div>
  );
}
