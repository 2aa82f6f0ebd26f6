import { EmptyState } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../app/page.tsx';
import { Box } from '../../../area/box.tsx';
import type { SignedInOperator } from '../../../area/operator-area.tsx';
import type { ConsolePlace } from '../places.ts';

/** Start of the console: who one is here, and where one may go. */
export function StartPage({
  operator,
  places,
}: {
  operator: SignedInOperator;
  places: readonly ConsolePlace[];
}): ReactElement {
  const { t } = useTranslation('console');
  const roles = operator.roles.map((role) => t(`console.role-${role}`)).join(', ');
  return (
    <Page title={t('console.title', { name: operator.name })} lead={t('console.lead', { roles })}>
      {places.length === 0 && <EmptyState icon="info">{t('console.nothing')}</EmptyState>}
      <div className="boxes">
        {places.map(({ name, icon }) => (
          <Box
            key={name}
            to={`/console/${name}`}
            icon={icon}
            title={t(`console.nav-${name}`)}
            text={t(`console.about-${name}`)}
          />
        ))}
      </div>
    </Page>
  );
}
