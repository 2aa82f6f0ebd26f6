import { Badge, CopyButton, Icon, type IconName, Notice } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AccountView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { Loaded } from '../loaded.tsx';
import { useAccount } from '../use-account.ts';

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
  const factors = account.authenticators.length;
  return (
    <>
      {factors > 0 && !account.recoveryCodes && (
        <Notice tone="warning" title={t('account.no-recovery-codes-title')}>
          <p>
            {t('account.no-recovery-codes')}{' '}
            <Link to="/account/recovery-codes">{t('account.make-recovery-codes')}</Link>
          </p>
        </Notice>
      )}
      <WhoYouAre account={account} />
      <div className="boxes">
        <Box
          to="/account/security"
          icon="lock"
          title={t('account.box-security')}
          text={t('account.box-security-text')}
        />
        <Box
          to="/account/two-factor"
          icon="shield"
          title={t('account.box-two-factor')}
          text={t('account.box-two-factor-text')}
        >
          {factors > 0 ? (
            <Badge tone="success" icon="check">
              {t('account.two-factor-on')}
            </Badge>
          ) : (
            <Badge tone="warning" icon="warning">
              {t('account.two-factor-off')}
            </Badge>
          )}
        </Box>
        <Box
          to="/account/language"
          icon="globe"
          title={t('account.box-language')}
          text={t('account.box-language-text')}
        />
        <Box
          to="/account/consents"
          icon="check-circle"
          title={t('account.box-consents')}
          text={t('account.box-consents-text')}
        />
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
  to: string;
  icon: IconName;
  title: string;
  text: string;
  children?: ReactNode;
}

function Box({ to, icon, title, text, children }: BoxProps): ReactElement {
  return (
    <div className="box">
      <span className="choice-icon">
        <Icon name={icon} />
      </span>
      <h2>
        <Link to={to}>{title}</Link>
      </h2>
      <p className="muted">{text}</p>
      {children}
    </div>
  );
}
