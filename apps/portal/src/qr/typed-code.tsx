import { CopyButton } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface TypedCodeProps {
  /** Grouped by dashes. */
  code: string;
  /** What to do with it in the app. */
  children: string;
}

/** More than this does not fit on a line at full size. */
const LONG = 12;

/** A code to be typed in the app, for whom the camera is of no use: big, in groups, and copied at a press. */
export function TypedCode({ code, children }: TypedCodeProps): ReactElement {
  const { t } = useTranslation('qr');
  const groups = code.split('-');
  return (
    <div className="stack">
      <p>{children}</p>
      <div className={code.length > LONG ? 'user-id typed-code typed-code--long' : 'user-id typed-code'}>
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
