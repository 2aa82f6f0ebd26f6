import { Badge, CopyButton, type IconName, Notice } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AccountView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { Box } from '../../../area/box.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { ContactRow, LockedContacts } from '../contacts/contact-row.tsx';
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
        <PlaceBox place="selfcare" icon="id-card" to="/selfcare" />
        <PlaceBox place="security" icon="lock" />
        <PlaceBox place="two-factor" icon="shield">
          <Badge tone={hasFactors ? 'success' : 'warning'} icon={hasFactors ? 'check' : 'warning'}>
            {hasFactors ? t('account.two-factor-on') : t('account.two-factor-off')}
          </Badge>
          {apps > 0 && <p className="muted small">{t('account.two-factor-apps', { count: apps })}</p>}
        </PlaceBox>
        <PlaceBox place="language" icon="globe" />
        <PlaceBox place="consents" icon="check-circle" />
        <PlaceBox place="notices" icon="bell" />
        <PlaceBox place="privacy" icon="eye" />
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
        <ContactRow account={account} kind="email" />
        <ContactRow account={account} kind="phone" />
      </dl>
      <LockedContacts account={account} />
    </div>
  );
}

interface PlaceBoxProps {
  place: 'selfcare' | 'security' | 'two-factor' | 'language' | 'consents' | 'privacy' | 'notices';
  icon: IconName;
  /** Where it leads, when it is not a place of the account. */
  to?: string;
  children?: ReactNode;
}

function PlaceBox({ place, icon, to = `/account/${place}`, children }: PlaceBoxProps): ReactElement {
  const { t } = useTranslation('account');
  return (
    <Box to={to} icon={icon} title={t(`account.box-${place}`)} text={t(`account.box-${place}-text`)}>
      {children}
    </Box>
  );
}
