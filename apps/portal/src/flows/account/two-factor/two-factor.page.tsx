import { buttonClass, EmptyState, Icon, Notice, When } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { AccountView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { useBrand } from '../../../app/session.ts';
import { Loaded } from '../../../area/loaded.tsx';
import { useAccount } from '../use-account.ts';
import { useDevices } from '../use-devices.ts';
import { FactorItem } from './factor-item.tsx';

/** The second factors of the account, and the codes for the day they are lost. */
export function TwoFactorPage(): ReactElement {
  const { t } = useTranslation('two-factor');
  const account = useAccount();
  const added = useLocation().state === 'added';
  return (
    <Page title={t('two-factor.title')} lead={t('two-factor.lead')}>
      {added && (
        <Notice tone="success" live>
          {t('two-factor.added')}
        </Notice>
      )}
      <Loaded query={account}>
        {(data) => (
          <>
            <Factors account={data} />
            <RecoveryCodesCard account={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Factors({ account }: { account: AccountView }): ReactElement {
  const { t } = useTranslation('two-factor');
  const factors = account.authenticators;
  const apps = useDevices().data?.length ?? 0;
  const isLast = factors.length + apps === 1;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('two-factor.factors')}</h2>
        <Link className={buttonClass('secondary', { small: true })} to="/account/two-factor/add">
          <Icon name="plus" />
          <span>{t('two-factor.add')}</span>
        </Link>
      </div>
      <p className="muted">{t('two-factor.passkeys')}</p>
      {factors.length + apps === 0 ? (
        <EmptyState icon="shield">{t('two-factor.none')}</EmptyState>
      ) : (
        <ul className="items items--cards">
          {apps > 0 && <AppsItem count={apps} />}
          {factors.map((factor) => (
            <FactorItem key={factor.id} factor={factor} isLast={isLast} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Our own app counts once, on however many devices it is: they have a page of their own. */
function AppsItem({ count }: { count: number }): ReactElement {
  const { t } = useTranslation('two-factor');
  const app = useBrand()?.name ?? '';
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name="phone" />
      </span>
      <div>
        <p className="item-title">{t('two-factor.app', { app })}</p>
        <p className="muted small">{t('two-factor.app-devices', { count })}</p>
      </div>
      <div className="item-actions">
        <Link className={buttonClass('quiet', { small: true })} to="/account/devices">
          {t('two-factor.see-devices')}
        </Link>
      </div>
    </li>
  );
}

function RecoveryCodesCard({ account: { recoveryCodes } }: { account: AccountView }): ReactElement {
  const { t } = useTranslation('two-factor');
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('two-factor.recovery-codes')}</h2>
        <Link className={buttonClass('secondary', { small: true })} to="/account/recovery-codes">
          {recoveryCodes ? t('two-factor.new-codes') : t('two-factor.make-codes')}
        </Link>
      </div>
      <p className="muted">{t('two-factor.recovery-codes-text')}</p>
      {recoveryCodes && (
        <p>
          {t('two-factor.codes-left', { count: recoveryCodes.left })} <span className="muted">·</span>{' '}
          <span className="muted">
            {t('two-factor.codes-made')} <When iso={recoveryCodes.createdAt} />
          </span>
        </p>
      )}
    </section>
  );
}
