import { Icon, type IconName } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';

export interface Place {
  /** The page's address; the first place of an area is its start. */
  to: string;
  /** Its texts are `<area>.nav-<name>`, and `<area>.nav-<name>-short` for the bar of a telephone. */
  name: string;
  icon: IconName;
  /** A page that belongs to this place although its address stands beside it. */
  also?: string;
  /** Left out of the bar of a telephone, where the header or the start page leads to it. */
  wideOnly?: boolean;
}

/** The places of an area: a menu at the left, a bar at the bottom on a phone. */
export function AreaNav({ area, places }: { area: string; places: readonly Place[] }): ReactElement {
  const { t } = useTranslation(area);
  const { pathname } = useLocation();
  const start = places[0]?.to;
  return (
    <nav className="account-nav" aria-label={t(`${area}.nav`)}>
      <ul>
        {places.map(({ to, name, icon, also, wideOnly }) => (
          <li key={to} className={wideOnly ? 'nav-wide-only' : undefined}>
            <NavLink to={also === pathname ? also : to} end={to === start}>
              <Icon name={icon} />
              <span className="nav-full">{t(`${area}.nav-${name}`)}</span>
              <span className="nav-short">{t(`${area}.nav-${name}-short`)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
