import type { Tx } from '../platform/database/database.ts';
import type { Authenticators } from './account-ports.ts';
import { signInNeeded } from './gate.problems.ts';
import type { Presenter, Session } from './model.ts';
import { notifyHolder } from './notices.ts';
import type { Gate } from './ports.ts';
import { endEverything, liveness } from './sessions.ts';

/**
 * The holder says that an access was not theirs: everything that is open ends, this session too, nobody signs in with
 * the password until another is chosen by recovery, and every address is told. Once done, it is done.
 *
 * Asks for no fresh proof. It takes rights away and gives none: whoever holds a stolen session loses it by this, and
 * whose account it is gets in by a passkey, by the app, or by a new password. What it costs the owner is that one
 * recovery; what waiting for a proof would cost is the time in which somebody else is inside.
 *
 * @param accessId the line of the access history that it is about, if it is about one
 * @returns false when it was done before
 * @throws signInNeeded when the session is over and nothing was contained
 */
export async function containAccount(
  gate: Gate,
  authenticators: Authenticators,
  session: Session,
  presenter: Presenter,
  accessId: string | null,
): Promise<boolean> {
  const { accountId } = session;
  return gate.transaction(async (tx) => {
    await gate.accounts.lock(tx, accountId);
    if (!(await gate.sessions.lockLive(tx, session, liveness(gate)))) {
      // Another request of the same moment, or of another window, was first.
      if (await authenticators.isPasswordFrozen(tx, accountId)) return false;
      throw signInNeeded();
    }
    await authenticators.freezePassword(tx, accountId, gate.clock.now());
    await gate.attempts.forgetBrowsers(tx, accountId);
    await endEverything(gate, tx, accountId);
    await tell(gate, tx, accountId, presenter, accessId);
    return true;
  });
}

async function tell(
  gate: Gate,
  tx: Tx,
  accountId: string,
  presenter: Presenter,
  accessId: string | null,
): Promise<void> {
  await gate.audit(tx, {
    type: 'account-contained',
    accountId,
    actor: 'holder',
    at: gate.clock.now(),
    client: presenter.client,
    details: { access: accessId },
  });
  const prover = await gate.accounts.load(tx, accountId);
  if (prover) await notifyHolder(gate, tx, prover, presenter, { template: 'account-contained' });
}
