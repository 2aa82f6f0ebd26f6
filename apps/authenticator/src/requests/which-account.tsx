import type { ReactElement } from 'react';
import { Monogram } from '../codes/monogram.tsx';
import type { LinkedAccount } from '../linked/linked-account.ts';

/** Which of the holder's accounts it is about: their own name for it, and the account's address where that is another. */
export function WhichAccount({ account }: { account: LinkedAccount }): ReactElement {
  const { name, account: known } = account;
  return (
    <p className="which-account">
      <Monogram name={name} />
      <span className="names">
        <strong>{name}</strong>
        {name !== known.email && <span className="muted">{known.email}</span>}
      </span>
    </p>
  );
}
