import { Badge, buttonClass, Notice, When } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { HelpHolder } from './help-holder.tsx';
import { DevicesCard, FactorsCard, IdentitiesCard, MessagesCard } from './holder-facts.tsx';
import type { HolderFileView } from './holders.api.ts';
import { SuspensionCard } from './suspension-card.tsx';
import { useHolderFile } from './use-holder-file.ts';
import { VerifyCaller } from './verify-caller.tsx';

/** One holder, for as long as the file is open: what help desk needs to know, and what it may do. */
export function HolderFilePage(): ReactElement {
  const { t } = useTranslation('holders');
  const { file = '' } = useParams();
  const query = useHolderFile(file);
  if (isProblem(query.error, 'holder-file-closed')) return <FileClosed />;
  return (
    <Page title={query.data ? t('holders.file-of', { userId: query.data.userId }) : t('holders.file')}>
      <Loaded query={query}>{(holder) => <HolderFile holder={holder} />}</Loaded>
    </Page>
  );
}

/** It was open for half an hour, or the holder said that nobody is on the telephone with us. */
export function FileClosed(): ReactElement {
  const { t } = useTranslation('holders');
  return (
    <Page title={t('holders.closed-title')} lead={t('holders.closed')}>
      <div>
        <Link className={buttonClass('primary')} to="/console/holders">
          {t('holders.search-again')}
        </Link>
      </div>
    </Page>
  );
}

function HolderFile({ holder }: { holder: HolderFileView }): ReactElement {
  const { t } = useTranslation('holders');
  return (
    <>
      <Notice tone="info">
        <p>
          {t('holders.on-record')} {t('holders.closes')} <When iso={holder.closesAt} />.
        </p>
      </Notice>
      <WhoCard holder={holder} />
      <VerifyCaller file={holder.file} hasApp={holder.devices.some(({ state }) => state === 'active')} />
      <HelpHolder holder={holder} />
      {holder.holds.length > 0 && <SuspensionCard holder={holder} />}
      <FactorsCard holder={holder} />
      <DevicesCard holder={holder} />
      <IdentitiesCard holder={holder} />
      <MessagesCard holder={holder} />
    </>
  );
}

function WhoCard({ holder }: { holder: HolderFileView }): ReactElement {
  const { t } = useTranslation('holders');
  const { accesses } = holder;
  return (
    <section className="card">
      <h2>{t('holders.account')}</h2>
      <dl className="facts">
        <Row name={t('holders.status')}>
          <Badge tone={holder.status === 'active' ? 'success' : 'warning'}>
            {t(`holders.status-${holder.status}`)}
          </Badge>
        </Row>
        {holder.contacts.map(({ kind, address, isVerified }) => (
          <Row key={kind + address} name={t(`holders.contact-${kind}`)}>
            {address}{' '}
            <Badge tone={isVerified ? 'success' : 'warning'} icon={isVerified ? 'check' : 'warning'}>
              {t(isVerified ? 'holders.verified' : 'holders.not-verified')}
            </Badge>
          </Row>
        ))}
        <Row name={t('holders.since')}>
          <When iso={holder.createdAt} />
        </Row>
        <Row name={t('holders.accesses', { days: accesses.days })}>
          {t('holders.accesses-count', { successes: accesses.successes, failures: accesses.failures })}
        </Row>
        <Row name={t('holders.last-access')}>
          {accesses.lastAt ? <When iso={accesses.lastAt} /> : t('holders.none-lately')}
        </Row>
        <Row name={t('holders.sessions')}>{holder.sessions}</Row>
      </dl>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
