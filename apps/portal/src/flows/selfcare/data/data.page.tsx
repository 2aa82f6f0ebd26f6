import { EmptyState } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { IdentityView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { useIdentities } from '../use-identities.ts';
import { IdentityData } from './identity-data.tsx';

/** Personal information: what was verified when the identity was given, to look at. */
export function DataPage(): ReactElement {
  const { t } = useTranslation('selfcare-data');
  const identities = useIdentities();
  return (
    <Page title={t('selfcare-data.title')} lead={t('selfcare-data.lead')}>
      <Loaded query={identities}>{(held) => <Held identities={held} />}</Loaded>
    </Page>
  );
}

function Held({ identities }: { identities: readonly IdentityView[] }): ReactElement {
  const { t } = useTranslation('selfcare-data');
  if (identities.length > 0)
    return (
      <>
        {identities.map((identity) => (
          <IdentityData key={identity.id} identity={identity} />
        ))}
        <p>
          {t('selfcare-data.wrong')} <Link to="/support">{t('shell.contact-support')}</Link>
        </p>
      </>
    );
  return (
    <section className="card">
      <EmptyState icon="id-card">{t('selfcare-data.none')}</EmptyState>
    </section>
  );
}
