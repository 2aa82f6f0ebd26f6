import type { Tx } from '../platform/database/database.ts';
import type { ClientInfo } from '../platform/http/client-info.ts';
import type { Monitoring } from './hold.ts';
import { suspendAccount } from './holds.ts';
import type { Gate } from './ports.ts';

/**
 * What is noticed that looks like misuse. Each takes more than a name to bring about: the stored keys of an app, a copy
 * of a passkey, or the right password; so that no stranger suspends anybody by it.
 */
export type Signal =
  /** An app went on from a state that its ratchet had left behind: there are two of it. */
  | 'app-copied'
  /** A passkey's counter went back: there are two of it. */
  | 'passkey-copied'
  /** The holder says of a request that followed the right password that it was somebody else's. */
  | 'request-not-mine';

/**
 * What follows from a signal, beside the notice that its holder gets in any case. A request that was refused is stopped
 * already and asks for another password: where it is enough for suspending, the installation says so.
 */
const SUSPENDS: Record<Signal, readonly Monitoring[]> = {
  'app-copied': ['identities', 'everybody'],
  'passkey-copied': ['identities', 'everybody'],
  'request-not-mine': ['everybody'],
};

/** Whether an account is suspended on a signal. */
export const suspendsOn = (signal: Signal, monitoring: Monitoring, holdsIdentity: boolean): boolean =>
  SUSPENDS[signal].includes(monitoring) && (holdsIdentity || monitoring === 'everybody');

/**
 * Takes note of a signal, in the transaction of what was noticed: where it is enough, the account rests until two
 * operators have looked into it ([SPID-IDL-11]).
 *
 * @returns whether the account was suspended: apps and pages are to look then
 */
export async function noteSignal(
  gate: Gate,
  tx: Tx,
  { accountId, signal }: { accountId: string; signal: Signal },
  client: ClientInfo,
): Promise<boolean> {
  const holdsIdentity = await gate.holdings.isHolder(tx, accountId);
  if (!suspendsOn(signal, gate.settings.monitoring, holdsIdentity)) return false;
  const hold = { accountId, cause: 'suspected-abuse', by: 'platform', days: null, reason: signal } as const;
  return (await suspendAccount(gate, tx, hold, client)) !== undefined;
}
