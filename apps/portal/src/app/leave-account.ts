import { signOut } from './session.api.ts';

/**
 * Leaves the account behind by loading a page anew: nothing of it stays in memory, and no page of it that is
 * still on screen asks for what is no longer there.
 */
export function leaveAccount(address: string): void {
  location.assign(address);
}

/** Signs out here and says so. */
export async function signOutHere(): Promise<void> {
  try {
    await signOut();
  } finally {
    leaveAccount('/signed-out');
  }
}
