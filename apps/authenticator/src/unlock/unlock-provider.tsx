import { type ReactElement, type ReactNode, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedStore } from '../linked/use-linked-accounts.ts';
import { passkeySecret } from './passkey.ts';
import { shortMemory } from './short-memory.ts';
import { type OpenApproval, unlockAccount } from './unlock-account.ts';
import { UnlockSheet } from './unlock-sheet.tsx';
import { approveWith, UnlockCancelled, UnlockContext, type Unlocking } from './use-unlock.ts';
import type { TryUnlock } from './use-unlock-tries.ts';

/** Approval keys that are open; of this tab. */
const open = shortMemory<OpenApproval>(document);

interface Asked {
  account: LinkedAccount;
  resolve: (approval: OpenApproval) => void;
  reject: (error: Error) => void;
}

/** Holds the keys while the app is unlocked, and asks for the unlock code where one is needed. */
export function UnlockProvider({ children }: { children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const store = useLinkedStore();
  const [asked, setAsked] = useState<Asked>();
  const isUnlocked = useSyncExternalStore(open.onChange, open.ids).length > 0;
  const unlocking = useMemo<Unlocking>(() => {
    const ask = (account: LinkedAccount) =>
      new Promise<OpenApproval>((resolve, reject) => setAsked({ account, resolve, reject }));
    return {
      withApproval: (account, work) => approveWith({ store, open, ask }, account, work),
      lock: () => open.forget(),
      isUnlocked,
    };
  }, [store, isUnlocked]);

  const attempt: TryUnlock<OpenApproval> = async (secret) => {
    const { account } = asked as Asked;
    const given = secret === 'passkey' ? { prf: await passkeySecret(store) } : secret;
    const result = await unlockAccount(store, account.id, given);
    return result.outcome === 'open' ? { opened: result.approval } : { triesLeft: result.triesLeft };
  };
  const finish = (approval: OpenApproval): void => {
    if (asked) open.put(asked.account.id, approval);
    asked?.resolve(approval);
    setAsked(undefined);
  };
  const cancel = (): void => {
    asked?.reject(new UnlockCancelled());
    setAsked(undefined);
  };
  return (
    <UnlockContext value={unlocking}>
      {children}
      {asked && (
        <UnlockSheet
          key={asked.account.id}
          account={asked.account}
          by={asked.account.seed.by}
          lead={t('linked.unlock-lead', { name: asked.account.name })}
          attempt={attempt}
          onOpen={finish}
          onCancel={cancel}
        />
      )}
    </UnlockContext>
  );
}
