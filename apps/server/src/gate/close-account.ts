import type { Tx } from '../platform/database/database.ts';
import type { Authenticators, Identifiers } from './account-ports.ts';
import { isAppMethod } from './devices.ts';
import type { Prover } from './model.ts';
import type { Gate } from './ports.ts';

export interface ClosingPorts {
  gate: Gate;
  authenticators: Pick<Authenticators, 'remove'>;
  identifiers: Pick<Identifiers, 'release'>;
}

/**
 * Closes an account for good, in the caller's transaction, which holds its lock: everything that it proves with is
 * removed, every session, token and ceremony ends, nobody signs in to it any more. Its user id is never given again; its
 * address may begin anew. What is on record stays.
 *
 * @param prover the account as it is now that it is locked
 */
export async function closeAccount(
  { gate, authenticators, identifiers }: ClosingPorts,
  tx: Tx,
  { id, authenticators: held, contacts }: Prover,
): Promise<void> {
  for (const one of held) if (!isAppMethod(one.method)) await authenticators.remove(tx, id, one.id);
  for (const device of await gate.devices.list(tx, id)) await gate.devices.remove(tx, device);
  for (const { kind, address } of contacts) if (kind === 'email') await identifiers.release(tx, address, id);
  await gate.accounts.close(tx, id);
  await gate.sessions.endAll(tx, id, null, gate.clock.now());
}
