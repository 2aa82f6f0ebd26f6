import { createContext, useContext, useEffect, useState } from 'react';
import type { CodeAccount } from './code-account.ts';
import type { Vault } from './vault.ts';

/** The open vault; every screen is inside it. */
export const VaultContext = createContext<Vault | undefined>(undefined);

/** @throws Error outside the app's frame */
export function useVault(): Vault {
  const vault = useContext(VaultContext);
  if (!vault) throw new Error('no vault around this screen');
  return vault;
}

/** The accounts in their order, kept up to date; undefined while they are being read. */
export function useAccounts(): CodeAccount[] | undefined {
  const vault = useVault();
  const [accounts, setAccounts] = useState<CodeAccount[]>();
  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<void> => {
      const list = await vault.list();
      if (isShown) setAccounts(list);
    };
    void read();
    const stop = vault.onChange(() => void read());
    return () => {
      isShown = false;
      stop();
    };
  }, [vault]);
  return accounts;
}
