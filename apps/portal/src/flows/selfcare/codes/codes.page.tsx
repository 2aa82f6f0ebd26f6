import { EmptyState, Icon, Notice } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeDelivery, CodeDeliveryView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { queryClient } from '../../../app/query-client.ts';
import { Loaded } from '../../../area/loaded.tsx';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { chooseCodeDelivery, getCodeDelivery } from './codes.api.ts';
import { DeliveryChoice } from './delivery-choice.tsx';

const CODE_DELIVERY = ['code-delivery'];
const WAYS: readonly CodeDelivery[] = ['app', 'sms', 'hardware-token'];

/** How codes arrive: what is chosen is asked for first, at every sign-in. */
export function CodesPage(): ReactElement {
  const { t } = useTranslation('codes');
  const delivery = useQuery({ queryKey: CODE_DELIVERY, queryFn: getCodeDelivery });
  return (
    <Page title={t('codes.title')} lead={t('codes.lead')}>
      <Loaded query={delivery}>{(view) => <Choice view={view} />}</Loaded>
    </Page>
  );
}

function Choice({ view }: { view: CodeDeliveryView }): ReactElement {
  const { t } = useTranslation('codes');
  const withProof = useStepUp();
  const { run, ...action } = useAction();
  const [wanted, setWanted] = useState(view.chosen);
  const [saved, setSaved] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const save = async (): Promise<void> => {
    if (!wanted) return setMissing(true);
    const isSaved = await run(() => withProof(() => chooseCodeDelivery(wanted)));
    setSaved(isSaved);
    if (isSaved) await queryClient.invalidateQueries({ queryKey: CODE_DELIVERY });
  };
  const choose = (way: CodeDelivery): void => {
    setSaved(false);
    setMissing(false);
    setWanted(way);
  };
  return (
    <section className="card">
      {saved && (
        <Notice tone="success" live>
          {t('codes.saved')}
        </Notice>
      )}
      <ProblemNotice problem={action.problem} attempt={action.attempt} />
      {view.setUp.length === 0 && <EmptyState icon="shield">{t('codes.nothing')}</EmptyState>}
      <fieldset className="choices">
        <legend className="visually-hidden">{t('codes.title')}</legend>
        {WAYS.map((way) => (
          <DeliveryChoice
            key={way}
            way={way}
            isSetUp={view.setUp.includes(way)}
            checked={wanted === way}
            onChoose={choose}
          />
        ))}
      </fieldset>
      {isMissing && (
        <p className="field-error" role="alert">
          <Icon name="warning" />
          <span>{t('codes.choose')}</span>
        </p>
      )}
      {view.setUp.length > 0 && (
        <div className="actions narrow">
          <SubmitButton state={action} onClick={save}>
            {t('codes.save')}
          </SubmitButton>
        </div>
      )}
      <RequestId problem={action.problem} />
    </section>
  );
}
