import { createContext, useContext, useEffect, useState } from 'react';
import type { LinkedAccount } from './linked-account.ts';
import type { LinkedAccounts } from './linked-accounts.ts';

/** The linked accounts of this device; every screen is inside it. */
export const LinkedContext = createContext<LinkedAccounts | undefined>(undefined);

/** The store itself, to change it. @throws Error outside the app's frame */
export function useLinkedStore(): LinkedAccounts {
  const store = useContext(LinkedContext);
  if (!store) throw new Error('no linked accounts around this screen');
  return store;
}

/** The linked accounts in their order, kept up to date; undefined while they are being read. */
export function useLinkedAccounts(): LinkedAccount[] | undefined {
  const store = useLinkedStore();
  const [accounts, setAccounts] = useState<LinkedAccount[]>();
  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<void> => {
      const list = await store.list();
      if (isShown) setAccounts(list);
    };
    void read();
    const stop = store.onChange(() => void read());
    return () => {
      isShown = false;
      stop();
    };
  }, [store]);
  return accounts;
}
