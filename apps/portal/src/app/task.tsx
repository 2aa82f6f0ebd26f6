import { TaskCard } from '@sigillo/ui';
import type { ComponentProps, ReactElement } from 'react';
import { PageTitle } from './page-title.tsx';

/** A task card that also names the browser's tab. */
export function Task(props: ComponentProps<typeof TaskCard>): ReactElement {
  return (
    <>
      <PageTitle>{props.title}</PageTitle>
      <TaskCard {...props} />
    </>
  );
}
