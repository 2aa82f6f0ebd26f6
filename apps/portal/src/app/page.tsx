import { PageHead } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { PageTitle } from './page-title.tsx';

/** A page inside the account, or a page to read. */
export function Page(props: { title: string; lead?: ReactNode; children: ReactNode }): ReactElement {
  return (
    <div className="account-page">
      <PageTitle>{props.title}</PageTitle>
      <PageHead title={props.title}>{props.lead}</PageHead>
      {props.children}
    </div>
  );
}
