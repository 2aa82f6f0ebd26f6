import { Icon, type IconName } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'react-router';

interface BoxProps {
  to: string;
  icon: IconName;
  title: string;
  /** What is found there. */
  text: string;
  /** Below it: how that stands. */
  children?: ReactNode;
}

/** One of the places that a start page leads to: all of the box is the link. */
export function Box({ to, icon, title, text, children }: BoxProps): ReactElement {
  return (
    <div className="box">
      <span className="choice-icon">
        <Icon name={icon} />
      </span>
      <h2>
        <Link to={to}>{title}</Link>
      </h2>
      <p className="muted">{text}</p>
      {children}
    </div>
  );
}
