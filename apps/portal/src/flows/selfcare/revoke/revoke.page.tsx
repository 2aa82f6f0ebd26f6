import { buttonClass, EmptyState, Icon, Notice } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityView, ProviderView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { useIdentities } from '../use-identities.ts';
import { formAddress, getProvider } from './revoke.api.ts';

/** How to ask for the end of an identity: a form, no button. */
export function RevokePage(): ReactElement {
  const { t } = useTranslation('revoke');
  const identities = useIdentities();
  const provider = useQuery({ queryKey: ['provider'], queryFn: getProvider });
  return (
    <Page title={t('revoke.title')} lead={t('revoke.lead')}>
      <Loaded query={identities}>
        {(held) => {
          const open = held.filter(({ state }) => state === 'active' || state === 'suspended');
          if (open.length === 0)
            return (
              <section className="card">
                <EmptyState icon="id-card">{t('revoke.none')}</EmptyState>
              </section>
            );
          return <Loaded query={provider}>{(to) => <HowTo identities={open} provider={to} />}</Loaded>;
        }}
      </Loaded>
    </Page>
  );
}

function HowTo(props: { identities: readonly IdentityView[]; provider: ProviderView }): ReactElement {
  const { identities, provider } = props;
  const { t } = useTranslation('revoke');
  return (
    <>
      <Notice tone="warning" title={t('revoke.ends-title')}>
        <ul className="bullets">
          <li>{t('revoke.ends-access')}</li>
          <li>{t('revoke.ends-all')}</li>
          <li>{t('revoke.ends-again')}</li>
        </ul>
      </Notice>
      <section className="card">
        <h2>{t('revoke.steps')}</h2>
        <ol className="how-to">
          <li>
            <p>{t('revoke.step-download')}</p>
            {identities.map(({ id, spidCode }) => (
              <a key={id} className={buttonClass('secondary')} href={formAddress(id)} download>
                <Icon name="download" />
                <span>{t('revoke.download', { spidCode })}</span>
              </a>
            ))}
          </li>
          <li>{t('revoke.step-sign')}</li>
          <li>
            <p>{t('revoke.step-send', { name: provider.name })}</p>
            <Addresses provider={provider} />
          </li>
        </ol>
      </section>
      <section className="card">
        <h2>{t('revoke.then')}</h2>
        <ul className="bullets">
          <li>{t('revoke.then-check')}</li>
          <li>{t('revoke.then-rest')}</li>
          <li>{t('revoke.then-told')}</li>
        </ul>
      </section>
    </>
  );
}

function Addresses({ provider }: { provider: ProviderView }): ReactElement {
  const { t } = useTranslation('revoke');
  const { certifiedMail, email, address } = provider;
  return (
    <dl className="facts">
      {certifiedMail && (
        <div>
          <dt>{t('revoke.certified-mail')}</dt>
          <dd>
            <a href={`mailto:${certifiedMail}`}>{certifiedMail}</a>
          </dd>
        </div>
      )}
      <div>
        <dt>{t('revoke.email')}</dt>
        <dd>
          <a href={`mailto:${email}`}>{email}</a>
        </dd>
      </div>
      {address && (
        <div>
          <dt>{t('revoke.post')}</dt>
          <dd>{address}</dd>
        </div>
      )}
    </dl>
  );
}
