import { Badge, Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHappened } from './use-happened.ts';

/** The way to the list, and how much of it is new. */
export function WhatHappenedLink(): ReactElement {
  const { t } = useTranslation();
  const count = useHappened()?.filter(({ isSeen }) => !isSeen).length ?? 0;
  return (
    <ul className="settings-links">
      <li>
        <Link to="/what-happened">
          <Icon name="bell" />
          <span>{t('what-happened.title')}</span>
          {count > 0 && <Badge tone="brand">{t('what-happened.link', { count })}</Badge>}
          <Icon name="chevron-right" />
        </Link>
      </li>
    </ul>
  );
}
