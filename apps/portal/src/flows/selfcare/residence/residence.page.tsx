import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { ResidenceForm } from './residence-form.tsx';
import { usePlaces, useResidence } from './use-residence.ts';

/** Edit → Save where one lives. */
export function ResidencePage(): ReactElement {
  const { t } = useTranslation('residence');
  const residence = useResidence();
  const places = usePlaces();
  return (
    <Page title={t('residence.title')} lead={t('residence.lead')}>
      <section className="card narrow">
        <Loaded query={residence}>
          {(known) => <Loaded query={places}>{(all) => <ResidenceForm known={known} places={all} />}</Loaded>}
        </Loaded>
      </section>
    </Page>
  );
}
