import { Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { Link } from 'react-router';

/** Above a task of the account: back to where it began. */
export function BackLink({ to, children }: { to: string; children: string }): ReactElement {
  return (
    <Link className="quiet-link back-link" to={to}>
      <Icon name="arrow-left" small />
      {children}
    </Link>
  );
}
