import type { Measured } from './installation.ts';

const AT_A_TIME = 5_000;

/** Accounts that nobody signs in to: what a sign-in costs must not depend on how many others there are. */
export async function addCrowd(on: Measured, accounts: number, say: (line: string) => void): Promise<void> {
  if (accounts === 0) return;
  say(`${accounts} more accounts`);
  for (let made = 0; made < accounts; made += AT_A_TIME)
    await on.holders(Math.min(AT_A_TIME, accounts - made), { totp: made % 2 === 0 });
}
