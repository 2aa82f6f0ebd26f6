import { Button, buttonClass, EmptyState, Notice, TextField, When } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useSay } from '../app/announcements.tsx';
import { Screen } from '../app/screen.tsx';
import { useLinkTexts } from '../link/use-link-texts.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedAccounts, useLinkedStore } from '../linked/use-linked-accounts.ts';
import { cleanName } from '../vault/code-account.ts';
import { NoticesSwitch } from './notices-switch.tsx';
import { RemoveLinked } from './remove-linked.tsx';

/** One linked account: its name, what it is, its notices, and taking it away. */
export default function LinkedAccountPage(): ReactElement | null {
  const { t } = useLinkTexts();
  const { id } = useParams();
  const accounts = useLinkedAccounts();
  if (!accounts) return null;
  const account = accounts.find((candidate) => candidate.id === id);
  if (account) return <EditLinked key={account.id} account={account} />;
  return (
    <Screen title={t('authenticator.account-gone-title')} back="/">
      <EmptyState icon="shield">{t('authenticator.account-gone')}</EmptyState>
    </Screen>
  );
}

function EditLinked({ account }: { account: LinkedAccount }): ReactElement {
  const { t } = useLinkTexts();
  const [isRemoving, setIsRemoving] = useState(false);
  return (
    <Screen
      title={t('linked.account-title')}
      back="/"
      actions={
        <>
          <Button look="primary" wide type="submit" form="name-form">
            {t('authenticator.save')}
          </Button>
          <Button look="danger-quiet" wide icon="trash" onClick={() => setIsRemoving(true)}>
            {t('linked.remove')}
          </Button>
        </>
      }
    >
      {account.state === 'stopped' && (
        <Notice tone="warning" title={t('linked.stopped-title')}>
          {t('linked.stopped', { name: account.name })}
        </Notice>
      )}
      {account.hasOldCode && (
        <Notice tone="warning" title={t('linked.old-code-title')}>
          <p>{t('linked.old-code')}</p>
          <Link
            className={buttonClass('secondary', { small: true })}
            to={`/unlock-code?account=${account.id}`}
          >
            {t('linked.old-code-change')}
          </Link>
        </Notice>
      )}
      <NameForm account={account} />
      <Facts account={account} />
      {account.state === 'ready' && <NoticesSwitch account={account} />}
      {isRemoving && <RemoveLinked account={account} onClose={() => setIsRemoving(false)} />}
    </Screen>
  );
}

function NameForm({ account }: { account: LinkedAccount }): ReactElement {
  const { t } = useLinkTexts();
  const store = useLinkedStore();
  const navigate = useNavigate();
  const say = useSay();
  const [name, setName] = useState(account.name);
  const [hasTried, setHasTried] = useState(false);
  const clean = cleanName(name);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setHasTried(true);
    if (!clean) return document.getElementById('name')?.focus();
    await store.update(account.id, { name: clean });
    await navigate('/');
    say({ text: t('linked.renamed') });
  };
  return (
    <form className="form" id="name-form" onSubmit={save} noValidate>
      <TextField
        id="name"
        label={t('linked.name')}
        value={name}
        maxLength={60}
        autoComplete="off"
        error={hasTried && !clean ? t('linked.need-name') : undefined}
        onChange={setName}
      />
    </form>
  );
}

function Facts({ account }: { account: LinkedAccount }): ReactElement {
  const { t } = useLinkTexts();
  const { service, email, userId } = account.account;
  return (
    <dl className="facts">
      <dt>{t('linked.fact-service')}</dt>
      <dd>
        {service} <span className="muted">{new URL(account.issuer).host}</span>
      </dd>
      <dt>{t('linked.fact-email')}</dt>
      <dd>{email}</dd>
      <dt>{t('linked.fact-user')}</dt>
      <dd>{userId}</dd>
      <dt>{t('linked.fact-linked')}</dt>
      <dd>
        <When iso={new Date(account.linkedAtMs).toISOString()} />
      </dd>
    </dl>
  );
}
