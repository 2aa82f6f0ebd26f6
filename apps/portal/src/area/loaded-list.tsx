import { EmptyState, type IconName } from '@sigillo/ui';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Loaded } from './loaded.tsx';

interface LoadedListProps<Entry> {
  query: UseQueryResult<Entry[]>;
  /** Of a list with nothing in it, and why that is so. */
  icon: IconName;
  none: string;
  /** One entry; it brings its own `key`. */
  children: (entry: Entry) => ReactElement;
}

/** A list on a card of its own, once it is there. */
export function LoadedList<Entry>({ query, icon, none, children }: LoadedListProps<Entry>): ReactElement {
  return (
    <section className="card">
      <Loaded query={query}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={icon}>{none}</EmptyState>
          ) : (
            <ul className="items items--cards">{list.map(children)}</ul>
          )
        }
      </Loaded>
    </section>
  );
}
