import type { ReactElement } from 'react';
import type { LinkedAccount } from '../linked/linked-account.ts';
import type { Fact } from './request.ts';
import { WhichAccount } from './which-account.tsx';

interface AskedProps {
  id: string;
  account: LinkedAccount;
  facts: readonly Fact[];
}

/** Which account it is about, by the holder's own name for it; and everything that the server says of the request. */
export function Asked({ id, account, facts }: AskedProps): ReactElement {
  return (
    <div className="asked" id={id}>
      <WhichAccount account={account} />
      <dl className="facts">
        {facts.map(({ label, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never change places, and two of them may say the same
          <div key={index}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
