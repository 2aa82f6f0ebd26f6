import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { AuditRecords } from './audit-records.tsx';
import { ChainCard } from './chain-card.tsx';
import { CredentialsCard } from './credentials-card.tsx';

const ACCOUNT = /^[0-9a-f-]{36}$/i;

/** What is on record, whether it is still what was recorded, and taking it along. */
export function AuditPage(): ReactElement {
  const { t } = useTranslation('audit');
  const [params] = useSearchParams();
  const account = params.get('account') ?? '';
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <ChainCard />
      <AuditRecords />
      {ACCOUNT.test(account) && <CredentialsCard key={account} account={account} />}
    </Page>
  );
}
