import type { ReactElement } from 'react';
import { useBrand } from './session.ts';

/** The title of the browser's tab: the task, then whose portal this is. */
export function PageTitle({ children }: { children: string }): ReactElement {
  const brand = useBrand();
  return <title>{brand ? `${children} · ${brand.name}` : children}</title>;
}
