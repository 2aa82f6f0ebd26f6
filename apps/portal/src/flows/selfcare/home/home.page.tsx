import { EmptyState } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { Box } from '../../../area/box.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { PLACES } from '../places.ts';
import { useIdentities } from '../use-identities.ts';
import { IdentityCard } from './identity-card.tsx';

const ACCOUNT = { to: '/account', name: 'account', icon: 'user' } as const;

/** Start of self-care: the digital identity, and what can be done about it. */
export function HomePage(): ReactElement {
  const { t } = useTranslation('selfcare');
  const identities = useIdentities();
  return (
    <Page title={t('selfcare.title')} lead={t('selfcare.lead')}>
      <Loaded query={identities}>{(held) => <Held identities={held} />}</Loaded>
      <div className="boxes">
        {[...PLACES.slice(1), ACCOUNT].map(({ to, name, icon }) => (
          <Box
            key={to}
            to={to}
            icon={icon}
            title={t(`selfcare.nav-${name}`)}
            text={t(`selfcare.box-${name}`)}
          />
        ))}
      </div>
    </Page>
  );
}

function Held({ identities }: { identities: readonly IdentityView[] }): ReactElement {
  const { t } = useTranslation('selfcare');
  if (identities.length > 0)
    return (
      <>
        {identities.map((identity) => (
          <IdentityCard key={identity.id} identity={identity} />
        ))}
      </>
    );
  return (
    <section className="card">
      <EmptyState icon="id-card">{t('selfcare.no-identity')}</EmptyState>
    </section>
  );
}
