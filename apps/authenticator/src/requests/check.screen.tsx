import { CopyButton, Notice } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Ended } from './ended.tsx';

/** The browser is new to the account, or far away: six digits say that both are in the same hands ([QR-3]). */
export function CheckScreen({ code }: { code: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <Ended
      picture={{ icon: 'computer', tone: 'neutral' }}
      title={t('requests.check-title')}
      lead={t('requests.check-lead')}
    >
      <div className="check">
        <output className="code-digits" aria-label={t('requests.check-code')}>
          {`${code.slice(0, 3)} ${code.slice(3)}`}
        </output>
        <CopyButton text={code} label={t('requests.copy-check')} />
      </div>
      <Notice>{t('requests.check-secret')}</Notice>
    </Ended>
  );
}
