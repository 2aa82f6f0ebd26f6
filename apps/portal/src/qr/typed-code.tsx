import { CopyButton } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface TypedCodeProps {
  /** Grouped by dashes. */
  code: string;
  /** What the app is called. */
  app: string;
  /** Of many groups: a little smaller. */
  isLong?: boolean;
}

/** A code to be typed in the app, for whom the camera is of no use: big, in groups, and copied at a press. */
export function TypedCode({ code, app, isLong = false }: TypedCodeProps): ReactElement {
  const { t } = useTranslation('qr');
  const groups = code.split('-');
  return (
    <div className="stack">
      <p>{t('qr.type', { app })}</p>
      <div className={isLong ? 'user-id typed-code typed-code--long' : 'user-id typed-code'}>
        <output aria-label={t('qr.typed-code')}>
          {groups.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups never change places
            <span key={index}>
              {group}
              {index < groups.length - 1 && '-'}
            </span>
          ))}
        </output>
        <CopyButton text={code} label={t('qr.copy-code')} />
      </div>
    </div>
  );
}
