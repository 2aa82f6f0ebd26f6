import {
  highestGeneration,
  type Messages,
  type MessageType,
  signMessage,
  thumbprint,
} from '@sigillo/device-protocol';
import { createContext, useContext } from 'react';
import { DeviceProblem } from '../linked/device-problem.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import type { LinkedAccounts } from '../linked/linked-accounts.ts';
import type { ShortMemory } from './short-memory.ts';
import type { OpenApproval } from './unlock-account.ts';

/** What approves, while the app is unlocked. */
export interface Approver {
  /** Signs by the account's approval key. @throws RangeError when a member is malformed */
  sign<T extends MessageType>(type: T, message: Messages[T]): Promise<string>;
  /** The generation that an approval names. */
  generation: number;
}

export interface Unlocking {
  /**
   * Does something that takes the approval key; shows the unlock screen first when the account is locked.
   *
   * @throws UnlockCancelled when the holder turned back; what the work throws
   */
  withApproval<T>(account: LinkedAccount, work: (approver: Approver) => Promise<T>): Promise<T>;
  /** Forgets all keys at once. */
  lock(): void;
  /** Whether any account is unlocked. */
  isUnlocked: boolean;
}

/** The holder left the unlock screen without unlocking. */
export class UnlockCancelled extends Error {}

export const UnlockContext = createContext<Unlocking | undefined>(undefined);

/** @throws Error outside the app's frame */
export function useUnlock(): Unlocking {
  const unlocking = useContext(UnlockContext);
  if (!unlocking) throw new Error('no lock around this screen');
  return unlocking;
}

/** The pieces of `withApproval`. */
export interface ApprovalSource {
  store: LinkedAccounts;
  open: ShortMemory<OpenApproval>;
  /** Shows the unlock screen. @throws UnlockCancelled */
  ask(account: LinkedAccount): Promise<OpenApproval>;
}

/** Works with the approval key; when the issuer says that this app is behind, unlocks again, once. */
export async function approveWith<T>(
  { store, open, ask }: ApprovalSource,
  account: LinkedAccount,
  work: (approver: Approver) => Promise<T>,
): Promise<T> {
  const run = async (): Promise<T> => {
    const approval = open.get(account.id) ?? (await ask(account));
    // Another tab may have unlocked since: the key is the same, the generation is what is stored now.
    const now = (await store.find(account.id)) ?? account;
    const signer = { key: approval.signingKey, keyId: await thumbprint(account.approvalKey) };
    return work({
      generation: highestGeneration(now.stored),
      sign: (type, message) => signMessage(type, message, signer),
    });
  };
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DeviceProblem) || error.slug !== 'not-unlocked') throw error;
    open.forget(account.id);
    return run();
  }
}
