import { Badge, buttonClass, Icon } from '@sigillo/ui';
import { type ChangeEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../forms/problem-notice.tsx';
import { useAction } from '../forms/use-action.ts';
import { uploadFile } from './upload-file.ts';

interface FileFieldProps {
  id: string;
  label: string;
  /** What is wrong: mostly that it is missing. */
  error?: string | undefined;
  /** Where it goes, below `/api`. */
  path: string;
  onDone: (isThere: boolean) => void;
}

/** One photograph or PDF, sent as soon as it is chosen, with its progress. */
export function FileField({ id, label, error, path, onDone }: FileFieldProps): ReactElement {
  const { t } = useTranslation('ui');
  const [share, setShare] = useState<number>();
  const { run, problem, attempt, busy } = useAction();
  const send = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = target.files ?? [];
    if (!file) return;
    onDone(false);
    setShare(0);
    const isSent = await run(() => uploadFile(path, file, setShare));
    setShare(isSent ? 1 : undefined);
    onDone(isSent);
    target.value = '';
  };
  return (
    <div className="stack stack--tight">
      <ProblemNotice problem={problem} attempt={attempt} />
      <div className="row">
        <span className="field-label">{label}</span>
        {share === 1 && !busy && (
          <Badge tone="success" icon="check">
            {t('ui.file-sent')}
          </Badge>
        )}
      </div>
      {busy && <progress value={share} max={1} aria-label={label} />}
      <label className={buttonClass('secondary')} htmlFor={id}>
        <Icon name="upload" />
        <span>{share === 1 ? t('ui.file-another') : t('ui.file-choose')}</span>
        <input
          id={id}
          className="visually-hidden"
          type="file"
          aria-label={label}
          aria-invalid={error ? true : undefined}
          aria-describedby={error && `${id}-error`}
          accept="image/jpeg,image/png,application/pdf"
          disabled={busy}
          onChange={send}
        />
      </label>
      {error && (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="warning" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
