import { Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import { InteractionGone } from '../../../app/interaction-gone.tsx';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { getSignIn } from '../../../app/sign-in-view.api.ts';
import { RegisterForm } from './register-form.tsx';

/** A new account, perhaps on the way into a relying party. */
export function RegisterPage(): ReactElement {
  const { t } = useTranslation('register');
  const interaction = useSearchParams()[0].get('interaction');
  const signIn = useQuery({ queryKey: ['sign-in', interaction], queryFn: () => getSignIn(interaction) });

  if (isProblem(signIn.error, 'interaction-gone')) return <InteractionGone problem={signIn.error} />;
  if (signIn.error) return <ProblemPage error={signIn.error} retry={() => signIn.refetch()} />;
  if (!signIn.data) return <Waiting>{t('shell.loading')}</Waiting>;
  return <RegisterForm view={signIn.data} interaction={interaction} />;
}
