import { hotp } from '@sigillo/otp';
import { useEffect, useState } from 'react';
import type { CodeAccount } from '../vault/code-account.ts';
import { useVault } from '../vault/use-accounts.ts';

/** The code of a counter or a time step; undefined while there is none to show. */
export function useCode(account: CodeAccount, step: number | undefined): string | undefined {
  const vault = useVault();
  const { id, digits, algorithm } = account;
  const [shown, setShown] = useState<{ step: number; code: string }>();
  useEffect(() => {
    if (step === undefined) return;
    let isWanted = true;
    const make = async (): Promise<void> => {
      const code = await hotp(await vault.seedOf(id), step, digits, algorithm);
      if (isWanted) setShown({ step, code });
    };
    // The account may be removed in the same moment: then there is nothing to show.
    make().catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [vault, id, digits, algorithm, step]);
  // A code of another step is never shown, not even for the moment it takes to make the next.
  return shown?.step === step ? shown?.code : undefined;
}

/** Digits in groups that are easy to keep in mind: 123 456, 1234 5678. */
export function inGroups(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}
