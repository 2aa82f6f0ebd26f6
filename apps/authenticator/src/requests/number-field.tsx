import { CodeField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface NumberFieldProps {
  digits: 3 | 6;
  value: string;
  onChange: (number: string) => void;
  /** Pressed Enter: answering takes another press, of a button that says what it does. */
  onEnter: () => void;
}

/** The number that only the sign-in page shows: whoever has no such page before them cannot approve ([PUSH-1]). */
export function NumberField({ digits, value, onChange, onEnter }: NumberFieldProps): ReactElement {
  const { t } = useTranslation();
  return (
    <CodeField
      id="number"
      label={t('requests.number')}
      hint={t('requests.number-hint', { digits })}
      digits={digits}
      value={value}
      autoComplete="off"
      onChange={onChange}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        // Else the same press of the key would press the button that has the focus by then.
        event.preventDefault();
        onEnter();
      }}
    />
  );
}
