import { type ComponentProps, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { Icon } from './icon.tsx';

interface PasswordFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'onChange' | 'type'> {
  value: string;
  onChange: (value: string) => void;
  /** `current-password` fills in a known one, `new-password` lets a password manager make one. */
  autoComplete: 'current-password' | 'new-password';
}

/** A password, with a button that shows it: seeing it prevents more mistakes than hiding it prevents thefts. */
export function PasswordField(props: PasswordFieldProps): ReactElement {
  const { id, label, hint, error, onChange, ...input } = props;
  const { t } = useTranslation('ui');
  const [shown, setShown] = useState(false);

  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      {(control) => (
        <div className="input-with-button">
          <input
            {...input}
            {...control}
            className="input"
            type={shown ? 'text' : 'password'}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <button
            type="button"
            className="input-button"
            aria-pressed={shown}
            aria-label={t('ui.show-password')}
            title={shown ? t('ui.hide-password') : t('ui.show-password')}
            onClick={() => setShown(!shown)}
          >
            <Icon name={shown ? 'eye-off' : 'eye'} />
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
