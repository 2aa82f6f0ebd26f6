import { type VerifiedExport, verifyExport } from '@sigillo/audit-proof';
import { Button, Waiting } from '@sigillo/ui';
import { type ChangeEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../../api/call-api.ts';
import type { AuditKeyView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { VerifiedFile } from './verified-file.tsx';

const LIMITS = ['who', 'left-out', 'key', 'names'] as const;

/** Whether an exported access history is genuine: computed here, from the file and the published key. */
export default function VerifyHistoryPage(): ReactElement {
  const { t } = useTranslation('verify-history');
  const [found, setFound] = useState<{ verified: VerifiedExport; issuer: string }>();
  const { run, busy, problem, attempt } = useAction();
  const verify = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.currentTarget.files?.[0];
    if (!file) return;
    void run(async () => {
      const { issuer, key } = await callApi<AuditKeyView>('GET', '/audit/key');
      const bytes = new Uint8Array(await file.arrayBuffer());
      setFound({ issuer, verified: await verifyExport(bytes, key) });
    });
  };

  return (
    <Page title={t('verify-history.title')} lead={t('verify-history.lead')}>
      <section className="card">
        <ProblemNotice problem={problem} attempt={attempt} />
        {found ? (
          <>
            <VerifiedFile {...found} />
            <div>
              <Button onClick={() => setFound(undefined)}>{t('verify-history.again')}</Button>
            </div>
          </>
        ) : (
          <label className="file-choice">
            <span>{t('verify-history.choose')}</span>
            <input type="file" accept=".json,application/json" disabled={busy} onChange={verify} />
          </label>
        )}
        {busy && <Waiting>{t('verify-history.reading')}</Waiting>}
      </section>
      <section className="card">
        <h2>{t('verify-history.limits')}</h2>
        <ul className="notice-list">
          {LIMITS.map((limit) => (
            <li key={limit}>{t(`verify-history.limit-${limit}`)}</li>
          ))}
        </ul>
      </section>
    </Page>
  );
}
