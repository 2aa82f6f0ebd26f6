import { type ReactElement, useEffect, useState } from 'react';

const SHOW_AFTER_MS = 300;
const EXPLAIN_AFTER_MS = 2000;

/** True once `ms` have passed since the component appeared. */
function useElapsed(ms: number): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setElapsed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return elapsed;
}

/** A turning ring, after 300 ms: what is quicker than that should not flicker. */
export function Spinner(): ReactElement | null {
  return useElapsed(SHOW_AFTER_MS) ? <span className="spinner" aria-hidden="true" /> : null;
}

/** A part of a page that is still coming; after two seconds it says what is happening. */
export function Waiting({ children }: { children: string }): ReactElement {
  const explain = useElapsed(EXPLAIN_AFTER_MS);
  return (
    <div className="waiting" role="status">
      <Spinner />
      <span className={explain ? '' : 'visually-hidden'}>{children}</span>
    </div>
  );
}
