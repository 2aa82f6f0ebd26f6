import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** A list with nothing in it, and why. */
export function EmptyState({ icon, children }: { icon: IconName; children: ReactNode }): ReactElement {
  return (
    <div className="empty-state">
      <Icon name={icon} />
      <p>{children}</p>
    </div>
  );
}
