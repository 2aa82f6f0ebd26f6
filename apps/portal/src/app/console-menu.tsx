import { Icon, Menu } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { signOutOfConsole } from './console-session.ts';

/** The operator's name at the top right, and what is under it. */
export function ConsoleMenu({ operator }: { operator: { name: string; email: string } }): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <Menu name={operator.name} label={t('shell.your-menu')}>
      <p className="menu-who">
        <strong>{operator.name}</strong>
        <span className="muted small">{operator.email}</span>
      </p>
      <button type="button" className="menu-item" onClick={signOutOfConsole}>
        <Icon name="log-out" />
        {t('shell.sign-out')}
      </button>
    </Menu>
  );
}
