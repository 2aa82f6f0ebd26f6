import { Icon, type IconName } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';

interface Place {
  to: string;
  name: string;
  icon: IconName;
  /** A page that belongs to this place although its address stands beside it. */
  also?: string;
  /** Left out of the bar of a telephone, where the header has the same. */
  wideOnly?: boolean;
}

const PLACES: Place[] = [
  { to: '/account', name: 'home', icon: 'home' },
  { to: '/account/security', name: 'security', icon: 'lock' },
  { to: '/account/two-factor', name: 'two-factor', icon: 'shield', also: '/account/recovery-codes' },
  { to: '/account/devices', name: 'devices', icon: 'phone' },
  { to: '/account/consents', name: 'consents', icon: 'check-circle' },
  { to: '/account/language', name: 'language', icon: 'globe', wideOnly: true },
];

/** The places of the account: a menu at the left, a bar at the bottom on a phone. */
export function AccountNav(): ReactElement {
  const { t } = useTranslation('account');
  const { pathname } = useLocation();
  return (
    <nav className="account-nav" aria-label={t('account.nav')}>
      <ul>
        {PLACES.map(({ to, name, icon, also, wideOnly }) => (
          <li key={to} className={wideOnly ? 'nav-wide-only' : undefined}>
            <NavLink to={also === pathname ? also : to} end={to === '/account'}>
              <Icon name={icon} />
              <span className="nav-full">{t(`account.nav-${name}`)}</span>
              <span className="nav-short">{t(`account.nav-${name}-short`)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
