import { Button, buttonClass, Icon, Notice } from '@sigillo/ui';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { AccountList } from '../accounts/account-list.tsx';
import { Screen } from '../app/screen.tsx';
import { OrderList } from '../codes/order-list.tsx';
import type { LinkDraft } from '../linked/link-draft.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedAccounts, useLinkedStore } from '../linked/use-linked-accounts.ts';
import { WaitingRequests } from '../requests/waiting-requests.tsx';
import { useUnlock } from '../unlock/use-unlock.ts';
import { useAccounts } from '../vault/use-accounts.ts';
import { useIsWelcomed } from '../welcome/use-is-welcomed.ts';
import { Welcome } from '../welcome/welcome.tsx';
import { WhatHappenedLink } from '../what-happened/what-happened-link.tsx';
import { BrandLogo } from './brand-logo.tsx';
import { useIsOnline } from './use-is-online.ts';

/** The start: scan a QR code, or show one-time codes. */
export default function HomePage(): ReactElement {
  const [isWelcomed, setWelcomed] = useIsWelcomed();
  return isWelcomed ? <Home /> : <Welcome onDone={setWelcomed} />;
}

function Home(): ReactElement {
  const { t } = useTranslation();
  const linked = useLinkedAccounts();
  const [isOrdering, setIsOrdering] = useState(false);
  if (isOrdering && linked) return <OrderLinked linked={linked} onDone={() => setIsOrdering(false)} />;
  return (
    <Screen
      title={t('authenticator.home-title')}
      tools={<HomeTools />}
      actions={
        <div className="home-actions">
          <Link className={`${buttonClass('primary')} home-action`} to="/scan">
            <Icon name="scan" />
            <span>{t('authenticator.scan')}</span>
          </Link>
          <Link className={`${buttonClass('secondary')} home-action`} to="/codes">
            <Icon name="key" />
            <span>{t('authenticator.codes')}</span>
          </Link>
        </div>
      }
    >
      <OfflineNotice />
      <WaitingRequests />
      <UnfinishedNotice />
      {linked?.length === 0 && <NothingLinked />}
      {linked && linked.length > 0 && (
        <section className="stack" aria-labelledby="linked-accounts">
          <div className="list-head">
            <h2 id="linked-accounts">{t('linked.accounts')}</h2>
            {linked.length > 1 && (
              <Button look="quiet" small onClick={() => setIsOrdering(true)}>
                {t('authenticator.reorder')}
              </Button>
            )}
          </div>
          <AccountList accounts={linked} />
          <LinkAnother />
          <WhatHappenedLink />
        </section>
      )}
    </Screen>
  );
}

function HomeTools(): ReactElement {
  const { t } = useTranslation();
  const { isUnlocked, lock } = useUnlock();
  return (
    <>
      {isUnlocked && (
        <button className="bar-button" type="button" aria-label={t('linked.lock-now')} onClick={lock}>
          <Icon name="lock" />
        </button>
      )}
      <Link className="bar-button" to="/settings" aria-label={t('authenticator.settings')}>
        <Icon name="sliders" />
      </Link>
    </>
  );
}

function NothingLinked(): ReactElement {
  const { t } = useTranslation();
  const count = useAccounts()?.length;
  return (
    <div className="hero">
      <BrandLogo />
      {count !== undefined && (
        <p className="lead">
          {count > 0 ? t('authenticator.home-count', { count }) : t('authenticator.home-empty')}
        </p>
      )}
      <Link className={buttonClass('secondary')} to="/link">
        <Icon name="user" />
        <span>{t('linked.link-mine')}</span>
      </Link>
    </div>
  );
}

function LinkAnother(): ReactElement {
  const { t } = useTranslation();
  const store = useLinkedStore();
  const navigate = useNavigate();
  const begin = async (): Promise<void> => {
    const draft = await store.draft();
    // That one is done but for its last words.
    if (draft?.step === 'done' || draft?.step === 'biometric') await store.keepDraft(undefined);
    await navigate('/link');
  };
  return (
    <Button look="quiet" small icon="plus" className="button--start" onClick={begin}>
      {t('linked.link-another')}
    </Button>
  );
}

function OfflineNotice(): ReactElement | null {
  const { t } = useTranslation();
  return useIsOnline() ? null : <Notice live>{t('linked.offline')}</Notice>;
}

/** A set-up that was left half way. */
function UnfinishedNotice(): ReactElement | null {
  const { t } = useTranslation();
  const store = useLinkedStore();
  const [draft, setDraft] = useState<LinkDraft>();
  useEffect(() => void store.draft().then(setDraft), [store]);
  if (!draft || draft.step === 'credentials') return null;
  const drop = async (): Promise<void> => {
    await store.keepDraft(undefined);
    setDraft(undefined);
  };
  return (
    <Notice title={t('linked.unfinished-title')}>
      <p>{t('linked.unfinished', { service: draft.service })}</p>
      <div className="notice-actions">
        <Link className={buttonClass('secondary', { small: true })} to="/link">
          {t('linked.go-on')}
        </Link>
        {draft.linked === null && (
          <Button look="quiet" small onClick={drop}>
            {t('linked.give-up')}
          </Button>
        )}
      </div>
    </Notice>
  );
}

function OrderLinked({ linked, onDone }: { linked: LinkedAccount[]; onDone: () => void }): ReactElement {
  const store = useLinkedStore();
  const items = linked.map(({ id, name, account }) => ({
    id,
    name: `${name} (${account.email})`,
    title: name,
    detail: account.email,
  }));
  return <OrderList items={items} onOrder={store.reorder} onDone={onDone} />;
}
