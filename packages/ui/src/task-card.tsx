import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { useHeadingFocus } from './use-heading-focus.ts';

interface TaskCardProps {
  /** What is done here. */
  title: string;
  /** One sentence of why. */
  lead?: ReactNode;
  /** Above the title: who is asking, or the step of a wizard. */
  before?: ReactNode;
  wide?: boolean;
  /** Two columns stand beside each other. */
  columns?: boolean;
  children?: ReactNode;
}

/** One task on one card. Give each step of a task its own `key`: its title then takes the focus. */
export function TaskCard({ title, lead, before, wide, columns, children }: TaskCardProps): ReactElement {
  const heading = useHeadingFocus();
  const width = columns ? ' task-card--columns' : wide ? ' task-card--wide' : '';
  return (
    <div className={`card task-card${width}`}>
      {before}
      <div className="task-head">
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {children}
    </div>
  );
}

interface OutcomeProps {
  tone?: 'success' | 'neutral' | 'warning';
  icon: IconName;
}

/** The picture of an outcome page, above its title. */
export function Outcome({ tone = 'success', icon }: OutcomeProps): ReactElement {
  return (
    <span className={`outcome outcome--${tone}`}>
      <Icon name={icon} />
    </span>
  );
}
