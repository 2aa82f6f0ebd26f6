import type { ReactElement } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface BadgeProps {
  tone?: 'neutral' | 'success' | 'warning' | 'brand';
  icon?: IconName;
  children: string;
}

/** A state in one or two words. */
export function Badge({ tone = 'neutral', icon, children }: BadgeProps): ReactElement {
  return (
    <span className={`badge badge--${tone}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
