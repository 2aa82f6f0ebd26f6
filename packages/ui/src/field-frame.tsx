import { type ReactElement, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

/** What every field takes, whatever it looks like. */
export interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong and what to do; shown below the field and tied to it. */
  error?: string | undefined;
  optional?: boolean;
}

/** Attributes a control must carry to belong to its label, hint and error. */
interface ControlIds {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

interface FrameProps extends FieldProps {
  id?: string | undefined;
  children: (control: ControlIds) => ReactNode;
}

/** Label above, control, hint, error: the frame of every field. */
export function FieldFrame({ id, label, hint, error, optional, children }: FrameProps): ReactElement {
  const { t } = useTranslation('ui');
  const ownId = useId();
  const fieldId = id ?? ownId;
  const hintId = `${fieldId}-hint`;
  const errorId = `${fieldId}-error`;
  const describedBy = [error && errorId, hint && hintId].filter(Boolean).join(' ');

  return (
    <div className="field">
      <label className="field-label" htmlFor={fieldId}>
        {label}
        {optional && <span className="field-optional"> {t('ui.optional')}</span>}
      </label>
      {children({
        id: fieldId,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error ? true : undefined,
        'aria-required': optional ? undefined : true,
      })}
      {error && (
        <p className="field-error" id={errorId}>
          <Icon name="warning" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <div className="field-hint" id={hintId}>
          {hint}
        </div>
      )}
    </div>
  );
}
