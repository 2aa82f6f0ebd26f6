import type { ReactElement, ReactNode } from 'react';
import { useHeadingFocus } from './use-heading-focus.ts';

/** Title of a page inside a portal, and a sentence about it. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }): ReactElement {
  const heading = useHeadingFocus();
  return (
    <div className="task-head">
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children && <p className="lead">{children}</p>}
    </div>
  );
}
