import { Notice } from '@sigillo/ui';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { refreshConsoleSession, useConsoleSession } from '../app/console-session.ts';

/** The operator may not see this, or is signed in no more: the area sees to that once it knows. */
export function OperatorNeeded(): ReactElement {
  const { t } = useTranslation('problems');
  const session = useConsoleSession();
  useEffect(() => void refreshConsoleSession(), []);
  return <>{session.data?.signedIn && <Notice tone="warning">{t('problems.operator-needed')}</Notice>}</>;
}
