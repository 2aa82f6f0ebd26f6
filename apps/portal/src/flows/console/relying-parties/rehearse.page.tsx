import { Notice } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { queryClient } from '../../../app/query-client.ts';
import { useLocalName } from '../../../app/use-local-name.ts';
import { Loaded } from '../../../area/loaded.tsx';
import { ApplyRule } from './apply-rule.tsx';
import { RehearsalCard } from './rehearsal-card.tsx';
import { RehearsalForm } from './rehearsal-form.tsx';
import {
  type ClientView,
  type Rehearsal,
  type RehearsedDays,
  type Rule,
  readRehearsal,
  rehearseRule,
  showClient,
} from './relying-parties.api.ts';

const POLL_MS = 1_000;

const isRunning = (one: Rehearsal | null | undefined): boolean =>
  one !== null && one !== undefined && one.finishedAt === null && !one.isStuck;

/** Another rule, tried out on the sign-ins of the last days before it counts. */
export function RehearsePage(): ReactElement {
  const { t } = useTranslation('relying-parties');
  const [params] = useSearchParams();
  const id = params.get('client') ?? '';
  const client = useQuery({
    queryKey: ['relying-party', id],
    queryFn: () => showClient(id),
    enabled: id !== '',
  });
  const localName = useLocalName();
  // A rule is one of a relying party: it is chosen in their list.
  if (id === '') return <Navigate to="/console/relying-parties" replace />;
  const name = client.data ? localName(client.data.name) : '';
  return (
    <Page
      title={name === '' ? t('relying-parties.rehearse') : t('relying-parties.rehearse-for', { name })}
      lead={t('relying-parties.rehearse-lead')}
    >
      <Loaded query={client}>{(found) => <Rehearse client={found} />}</Loaded>
    </Page>
  );
}

function Rehearse({ client }: { client: ClientView }): ReactElement {
  const { t } = useTranslation('relying-parties');
  const { clientId } = client;
  const [isApplied, setApplied] = useState(false);
  const rehearsal = useQuery({
    queryKey: ['rehearsal', clientId],
    queryFn: () => readRehearsal(clientId),
    refetchInterval: ({ state: { data } }) => (isRunning(data) ? POLL_MS : false),
  });
  const begin = async (rule: Rule, days: RehearsedDays): Promise<void> => {
    setApplied(false);
    await rehearseRule(clientId, rule, days);
    await rehearsal.refetch();
  };
  const applied = async (): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: ['relying-party', clientId] });
    setApplied(true);
  };
  return (
    <>
      {isApplied && (
        <Notice tone="success" live>
          {t('relying-parties.applied')}
        </Notice>
      )}
      <section className="card">
        <h2>{t('relying-parties.rule')}</h2>
        <RehearsalForm client={client} isUnderWay={isRunning(rehearsal.data)} onSend={begin} />
      </section>
      <Loaded query={rehearsal}>
        {(last) => (
          <>
            {last && (
              <RehearsalCard rehearsal={last}>
                <ApplyRule client={client} rehearsal={last} onApplied={applied} />
              </RehearsalCard>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
