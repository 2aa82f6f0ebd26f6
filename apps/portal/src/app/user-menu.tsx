import { Icon, Menu } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { signOutHere } from './leave-account.ts';

/** The signed-in name at the top right, and what is under it. */
export function UserMenu({ account }: { account: { userId: string; email: string } }): ReactElement {
  const { t } = useTranslation('shell');
  // Who looks after an identity goes by the user id, else by the address that signs in.
  const goesById = useLocation().pathname.startsWith('/selfcare');
  return (
    <Menu name={goesById ? account.userId : account.email} label={t('shell.your-menu')}>
      <p className="menu-who">
        <strong>{account.email}</strong>
        <span className="muted small">{t('shell.user-id', { userId: account.userId })}</span>
      </p>
      <Link className="menu-item" to="/account">
        <Icon name="user" />
        {t('shell.my-account')}
      </Link>
      <Link className="menu-item" to="/selfcare">
        <Icon name="id-card" />
        {t('shell.selfcare')}
      </Link>
      <button type="button" className="menu-item" onClick={signOutHere}>
        <Icon name="log-out" />
        {t('shell.sign-out')}
      </button>
    </Menu>
  );
}
