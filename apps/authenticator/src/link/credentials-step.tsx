import { Button, Icon, PasswordField, TextField } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Link as RouterLink } from 'react-router';
import { startLink } from './link-calls.ts';
import { LinkScreen } from './link-screen.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';
import { useTask } from './use-task.ts';

/** User id or e-mail, and the password: to the account's own service and nobody else. */
export function CredentialsStep({ link }: { link: Link }): ReactElement {
  const { t } = useLinkTexts();
  const { draft } = link;
  const [identifier, setIdentifier] = useState(draft.identifier);
  const [password, setPassword] = useState('');
  const [hasTried, setHasTried] = useState(false);
  const { run, ...task } = useTask();
  const isNameless = identifier.trim() === '';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setHasTried(true);
    if (isNameless || password === '')
      return document.getElementById(isNameless ? 'identifier' : 'password')?.focus();
    await run(async () => {
      const { id } = await startLink(draft, identifier.trim(), password);
      await link.update({ identifier: identifier.trim(), code: id, chosen: null, step: 'prove' });
    });
  };
  return (
    <LinkScreen
      draft={draft}
      title={t('linked.link-title')}
      lead={t('linked.credentials-lead', { service: draft.service })}
      back="/"
      actions={
        <>
          <Button look="primary" wide type="submit" form="credentials" busy={task.isBusy}>
            {t('linked.next')}
          </Button>
          <RouterLink className="button button--quiet button--wide" to="/scan">
            <Icon name="scan" />
            <span>{t('linked.by-qr')}</span>
          </RouterLink>
          <RouterLink className="button button--quiet button--wide" to="/pair">
            <Icon name="pencil" />
            <span>{t('linked.by-code')}</span>
          </RouterLink>
        </>
      }
    >
      <ProblemNotice {...task} />
      <form className="form" id="credentials" onSubmit={submit} noValidate>
        <TextField
          id="identifier"
          label={t('linked.identifier')}
          value={identifier}
          maxLength={254}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={hasTried && isNameless ? t('problems.need-identifier') : undefined}
          onBlur={() => void link.update({ identifier: identifier.trim() })}
          onChange={setIdentifier}
        />
        <PasswordField
          id="password"
          label={t('linked.password')}
          value={password}
          autoComplete="current-password"
          error={hasTried && password === '' ? t('linked.need-password') : undefined}
          onChange={setPassword}
        />
      </form>
    </LinkScreen>
  );
}
