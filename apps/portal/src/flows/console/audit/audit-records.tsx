import { Button, buttonClass, EmptyState, Icon, TextField, When } from '@sigillo/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Loaded } from '../../../area/loaded.tsx';
import { type AuditQuery, type AuditRecord, exportAddress, readAudit } from './audit.api.ts';

const FIELDS = ['from', 'to', 'type', 'account', 'operator'] as const;

/** The record itself, by time, type, account and operator; reading it is on record too. */
export function AuditRecords(): ReactElement {
  const { t } = useTranslation('audit');
  const [params, setParams] = useSearchParams();
  const query = Object.fromEntries(FIELDS.map((name) => [name, params.get(name) ?? ''])) as Record<
    (typeof FIELDS)[number],
    string
  > satisfies AuditQuery;
  const pages = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam }) => readAudit(query, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const choose = (wanted: AuditQuery): void =>
    setParams(new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== '')));
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('audit.records')}</h2>
        <a className={buttonClass('secondary', { small: true })} href={exportAddress(query)} download>
          <Icon name="download" />
          <span>{t('audit.export')}</span>
        </a>
      </div>
      <p className="muted">{t('audit.records-text')}</p>
      <Filters key={params.toString()} query={query} onChosen={choose} />
      <Loaded query={pages}>
        {({ pages: loaded }) => <Rows records={loaded.flatMap(({ records }) => records)} />}
      </Loaded>
      {pages.hasNextPage && (
        <div>
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('audit.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Filters({
  query,
  onChosen,
}: {
  query: AuditQuery;
  onChosen: (query: AuditQuery) => void;
}): ReactElement {
  const { t } = useTranslation('audit');
  const [values, setValues] = useState(query);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onChosen(values);
  };
  return (
    <form className="console-filters" onSubmit={submit}>
      {FIELDS.map((name) => (
        <TextField
          key={name}
          label={t(`audit.${name}`)}
          type={name === 'from' || name === 'to' ? 'date' : 'text'}
          value={values[name]}
          autoComplete="off"
          spellCheck={false}
          onChange={(value) => setValues({ ...values, [name]: value.trim() })}
        />
      ))}
      <Button type="submit" icon="sliders">
        {t('audit.filter')}
      </Button>
    </form>
  );
}

function Rows({ records }: { records: readonly AuditRecord[] }): ReactElement {
  const { t } = useTranslation('audit');
  if (records.length === 0) return <EmptyState icon="info">{t('audit.none')}</EmptyState>;
  return (
    <ul className="items items--cards">
      {records.map((record) => (
        <Row key={record.id} record={record} />
      ))}
    </ul>
  );
}

function Row({
  record: { at, type, actor, account, address, details },
}: {
  record: AuditRecord;
}): ReactElement {
  const { t } = useTranslation('audit');
  const facts = Object.entries(details).filter(([, value]) => value !== null && value !== '');
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name={actor === 'operator' ? 'shield' : 'user'} />
      </span>
      <div>
        <p className="item-title">
          {type ? t([`audit.type-${type}`, 'audit.type-other'], { type }) : t('audit.erased')}
          {type && <code className="muted small">{type}</code>}
          {actor && <span className="muted small">{t(`audit.actor-${actor}`)}</span>}
        </p>
        <ul className="item-facts">
          <li>
            <When iso={at} />
          </li>
          {address && <li>{address}</li>}
          <li>
            {t('audit.account')} <code>{account}</code>
          </li>
        </ul>
        {facts.length > 0 && (
          <p className="details">
            {facts.map(([name, value]) => (
              <span key={name}>
                {name} <code>{String(value)}</code>
              </span>
            ))}
          </p>
        )}
      </div>
    </li>
  );
}
