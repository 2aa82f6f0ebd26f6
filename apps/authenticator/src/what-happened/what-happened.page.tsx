import { Badge, EmptyState, Icon, Notice, When } from '@sigillo/ui';
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../app/screen.tsx';
import { useIsOnline } from '../home/use-is-online.ts';
import { useLinkedStore } from '../linked/use-linked-accounts.ts';
import { type HappenedTo, tellSeen, useHappened } from './use-happened.ts';

/** What happened to the linked accounts that their holder should know; without a network as it was last known. */
export default function WhatHappenedPage(): ReactElement {
  const { t } = useTranslation();
  const happened = useHappened();
  const isOnline = useIsOnline();
  const isNew = useNew(happened);
  const hasSeveral = new Set(happened?.map(({ account }) => account.id)).size > 1;
  return (
    <Screen title={t('what-happened.title')} lead={t('what-happened.lead')} back="/">
      {!isOnline && <Notice live>{t('what-happened.offline')}</Notice>}
      {happened?.length === 0 && <EmptyState icon="shield">{t('what-happened.empty')}</EmptyState>}
      <ul className="happened-list">
        {happened?.map((one) => (
          <li key={one.id}>
            <Entry one={one} isNew={isNew(one.id)} withAccount={hasSeveral} />
          </li>
        ))}
      </ul>
    </Screen>
  );
}

/** What was new when it came before the eyes stays so until the page is left; its server is told at once. */
function useNew(happened: readonly HappenedTo[] | undefined): (id: string) => boolean {
  const store = useLinkedStore();
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const unseen = (happened ?? []).filter(({ isSeen }) => !isSeen).map(({ id }) => id);
  const show = useEffectEvent(() => {
    if (unseen.length === 0) return;
    setFresh((known) => new Set([...known, ...unseen]));
    // Told again at the next look where there is no network now.
    tellSeen(store, happened ?? []).catch(() => undefined);
  });
  const key = unseen.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each that is new
  useEffect(() => show(), [key]);
  return (id) => fresh.has(id);
}

function Entry(props: { one: HappenedTo; isNew: boolean; withAccount: boolean }): ReactElement {
  const { t } = useTranslation();
  const { one, isNew, withAccount } = props;
  return (
    <details className="happened">
      <summary>
        <span className="names">
          <strong>{one.title}</strong>
          <span className="muted">
            <When iso={one.at} />
            {withAccount && ` · ${one.account.name}`}
          </span>
        </span>
        {isNew && <Badge tone="brand">{t('what-happened.new')}</Badge>}
        <Icon name="chevron-down" />
      </summary>
      <div className="stack">
        {one.paragraphs.map((text) => (
          <p key={text}>{text}</p>
        ))}
        <dl className="facts">
          {one.facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {one.advice && <p>{one.advice}</p>}
        <Links links={one.links} />
      </div>
    </details>
  );
}

function Links({ links }: Pick<HappenedTo, 'links'>): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className="settings-links">
      {links.map(({ label, href }) => (
        <li key={href}>
          <a href={href} target="_blank" rel="noreferrer" title={t('what-happened.opens')}>
            <span>{label}</span>
            <Icon name="external" />
          </a>
        </li>
      ))}
    </ul>
  );
}
