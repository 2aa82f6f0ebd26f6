import { Icon } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';

/** What most people need not read, behind a line to press. */
export function Disclosure({ summary, children }: { summary: string; children: ReactNode }): ReactElement {
  return (
    <details className="disclosure">
      <summary>
        {summary}
        <Icon name="chevron-down" />
      </summary>
      <div className="disclosure-body">{children}</div>
    </details>
  );
}
