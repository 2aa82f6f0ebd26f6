import type { ReactElement, ReactNode } from 'react';
import { Monogram } from '../codes/monogram.tsx';
import { type AccountNames, cleanName } from '../vault/code-account.ts';

interface KeyListProps {
  names: readonly AccountNames[];
  /** What is to be said of one of them. */
  mark: (index: number) => ReactNode;
}

/** Accounts that may be added, by name; their codes are shown once they are. */
export function KeyList({ names, mark }: KeyListProps): ReactElement {
  return (
    <ul className="key-list">
      {names.map((names, index) => {
        const issuer = cleanName(names.issuer);
        const account = cleanName(names.account);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same names, and the list does not change
          <li key={index}>
            <Monogram name={issuer || account} />
            <span className="names">
              <strong>{issuer || account}</strong>
              {issuer && account && <span className="muted">{account}</span>}
            </span>
            {mark(index)}
          </li>
        );
      })}
    </ul>
  );
}
