import { Badge, CopyButton, Icon, type IconName, Notice } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AccountView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../loaded.tsx';
import { useAccount } from '../use-account.ts';
import { useDevices } from '../use-devices.ts';

/** Start of the account: who one is, and the boxes of what can be done. */
export function HomePage(): ReactElement {
  const { t } = useTranslation('account');
  const account = useAccount();
  return (
    <Page title={t('account.title')} lead={t('account.lead')}>
      <Loaded query={account}>{(data) => <Overview account={data} />}</Loaded>
    </Page>
  );
}

function Overview({ account }: { account: AccountView }): ReactElement {
  const { t } = useTranslation('account');
  const apps = useDevices().data?.length ?? 0;
  const hasFactors = account.authenticators.length + apps > 0;
  return (
    <>
      {hasFactors && !account.recoveryCodes && (
        <Notice tone="warning" title={t('account.no-recovery-codes-title')}>
          <p>
            {t('account.no-recovery-codes')}{' '}
            <Link to="/account/recovery-codes">{t('account.make-recovery-codes')}</Link>
          </p>
        </Notice>
      )}
      <WhoYouAre account={account} />
      <div className="boxes">
        <Box place="security" icon="lock" />
        <Box place="two-factor" icon="shield">
          <Badge tone={hasFactors ? 'success' : 'warning'} icon={hasFactors ? 'check' : 'warning'}>
            {hasFactors ? t('account.two-factor-on') : t('account.two-factor-off')}
          </Badge>
          {apps > 0 && <p className="muted small">{t('account.two-factor-apps', { count: apps })}</p>}
        </Box>
        <Box place="language" icon="globe" />
        <Box place="consents" icon="check-circle" />
      </div>
    </>
  );
}

function WhoYouAre({ account }: { account: AccountView }): ReactElement {
  const { t } = useTranslation('account');
  return (
    <div className="card">
      <h2>{t('account.who')}</h2>
      <dl className="facts">
        <div>
          <dt>{t('account.user-id')}</dt>
          <dd className="row">
            <span>{account.userId}</span>
            <CopyButton text={account.userId} label={t('account.copy-user-id')} />
          </dd>
        </div>
        <div>
          <dt>{t('account.email')}</dt>
          <dd className="row">
            <span>{account.email}</span>
            <Verified yes={account.emailVerified} />
          </dd>
        </div>
        {account.phone && (
          <div>
            <dt>{t('account.phone')}</dt>
            <dd className="row">
              <span>{account.phone}</span>
              <Verified yes={account.phoneVerified} />
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function Verified({ yes }: { yes: boolean }): ReactElement {
  const { t } = useTranslation('account');
  return yes ? (
    <Badge tone="success" icon="check">
      {t('account.verified')}
    </Badge>
  ) : (
    <Badge>{t('account.not-verified')}</Badge>
  );
}

interface BoxProps {
  place: 'security' | 'two-factor' | 'language' | 'consents';
  icon: IconName;
  children?: ReactNode;
}

function Box({ place, icon, children }: BoxProps): ReactElement {
  const { t } = useTranslation('account');
  return (
    <div className="box">
      <span className="choice-icon">
        <Icon name={icon} />
      </span>
      <h2>
        <Link to={`/account/${place}`}>{t(`account.box-${place}`)}</Link>
      </h2>
      <p className="muted">{t(`account.box-${place}-text`)}</p>
      {children}
    </div>
  );
}
