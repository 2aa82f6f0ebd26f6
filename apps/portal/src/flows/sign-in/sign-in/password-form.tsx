import { Button, buttonClass, Notice, PasswordField, TextField, useFocusOnMount } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CeremonyView, SignInView } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';
import { Asker } from '../../../app/asker.tsx';
import { Task } from '../../../app/task.tsx';
import { needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { signInWithPassword } from './sign-in.api.ts';

interface PasswordFormProps {
  view: SignInView;
  interaction: string | null;
  /** Why the holder is here again, as the key of a text. */
  notice: string | undefined;
  onStarted: (ceremony: CeremonyView) => void;
}

/** User id or e-mail, and password. */
export function PasswordForm({ view, interaction, notice, onStarted }: PasswordFormProps): ReactElement {
  const { t } = useTranslation('sign-in');
  const known = view.session?.email ?? view.loginHint ?? '';
  const form = useForm({
    name: 'sign-in',
    initial: { identifier: known, password: '' },
    checks: { identifier: needs('identifier'), password: needs('password') },
    keep: ['identifier'],
    forget: ['password'],
    send: async (values) =>
      onStarted(await signInWithPassword({ ...values, ...(interaction && { interaction }) })),
  });
  const identifier = useFocusOnMount<HTMLInputElement>(form.values.identifier === '');
  const password = useFocusOnMount<HTMLInputElement>(form.values.identifier !== '');

  return (
    <>
      <Task title={t('sign-in.title')} before={<Asker relyingParty={view.relyingParty} />}>
        {notice && <Notice live>{t(notice)}</Notice>}
        <FormFrame form={form}>
          <TextField
            {...form.field('identifier')}
            ref={identifier}
            label={t('sign-in.identifier')}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
          />
          <div className="stack stack--tight">
            <PasswordField
              {...form.field('password')}
              ref={password}
              label={t('sign-in.password')}
              autoComplete="current-password"
            />
            <Link className="quiet-link" to={`/forgot-password${queryString({ interaction })}`}>
              {t('sign-in.forgot-password')}
            </Link>
          </div>
          <Button look="primary" wide type="submit" busy={form.busy} unavailable={form.waitSeconds > 0}>
            {t('sign-in.submit')}
          </Button>
        </FormFrame>
        <div className="task-foot">
          <p>{t('sign-in.no-account')}</p>
          <Link
            className={buttonClass('secondary', { wide: true })}
            to={`/register${queryString({ interaction })}`}
          >
            {t('sign-in.register')}
          </Link>
        </div>
      </Task>
      <p className="task-aside">
        {t('sign-in.trouble')}{' '}
        <Link to={`/support${queryString({ interaction })}`}>{t('sign-in.contact-support')}</Link>
      </p>
    </>
  );
}
