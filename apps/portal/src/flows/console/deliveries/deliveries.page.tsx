import { Button, EmptyState, nowMs, SelectField, TextField } from '@sigillo/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { type DeliveryQuery, listDeliveries } from './deliveries.api.ts';
import { DeliveryCounts } from './delivery-counts.tsx';
import { DeliveryItem } from './delivery-item.tsx';
import { CHANNELS, STATES } from './delivery-words.ts';

const SPANS = ['1', '24', '168'] as const;
type Span = (typeof SPANS)[number];

/** What was sent and what became of it: which, when, why it failed; never what it says. */
export function DeliveriesPage(): ReactElement {
  const { t } = useTranslation('deliveries');
  return (
    <Page title={t('deliveries.title')} lead={t('deliveries.lead')}>
      <DeliveryCounts />
      <DeliveryList />
    </Page>
  );
}

function DeliveryList(): ReactElement {
  const { t } = useTranslation('deliveries');
  const { query, choose } = useFilter();
  const pages = useInfiniteQuery({
    queryKey: ['deliveries', query],
    queryFn: ({ pageParam }) => listDeliveries(query, nowMs(), pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <section className="card">
      <h2>{t('deliveries.messages')}</h2>
      <Filters query={query} choose={choose} />
      <Loaded query={pages}>
        {({ pages: loaded }) => {
          const all = loaded.flatMap(({ deliveries }) => deliveries);
          if (all.length === 0) return <EmptyState icon="mail">{t('deliveries.none')}</EmptyState>;
          return (
            <ul className="items items--cards">
              {all.map((one) => (
                <DeliveryItem key={one.id} delivery={one} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {pages.hasNextPage && (
        <div>
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('deliveries.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface FilterChoice {
  query: DeliveryQuery;
  choose: (name: 'channel' | 'state' | 'hours' | 'id', value: string) => void;
}

/** In the address, so that it can be sent to a colleague. */
function useFilter(): FilterChoice {
  const [params, setParams] = useSearchParams();
  const hours = SPANS.find((span) => span === params.get('hours')) ?? '24';
  return {
    query: {
      channel: CHANNELS.find((one) => one === params.get('channel')) ?? '',
      state: STATES.find((one) => one === params.get('state')) ?? '',
      hours: Number(hours),
      id: params.get('id') ?? '',
    },
    choose: (name, value) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          if (value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
  };
}

function Filters({ query, choose }: FilterChoice): ReactElement {
  const { t } = useTranslation('deliveries');
  const any = { value: '', label: t('deliveries.any') };
  return (
    <div className="console-filters">
      <TextField
        label={t('deliveries.id')}
        value={query.id}
        autoComplete="off"
        spellCheck={false}
        onChange={(value) => choose('id', value.trim())}
      />
      <SelectField<string>
        label={t('deliveries.channel')}
        value={query.channel}
        options={[any, ...CHANNELS.map((value) => ({ value, label: t(`deliveries.channel-${value}`) }))]}
        onChange={(value) => choose('channel', value)}
      />
      <SelectField<string>
        label={t('deliveries.state')}
        value={query.state}
        options={[any, ...STATES.map((value) => ({ value, label: t(`deliveries.state-${value}`) }))]}
        onChange={(value) => choose('state', value)}
      />
      <SelectField<Span>
        label={t('deliveries.when')}
        value={String(query.hours) as Span}
        options={SPANS.map((value) => ({ value, label: t(`deliveries.last-${value}`) }))}
        onChange={(value) => choose('hours', value)}
      />
    </div>
  );
}
