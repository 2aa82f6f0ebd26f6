import { operationGone } from '../../../gate/gate.problems.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ContactPorts } from './contacts.ports.ts';

/**
 * Makes an e-mail address the account's own, unless it is already: addresses are unique from the moment they are
 * confirmed.
 *
 * @throws operationGone when another account has it
 */
export async function claimAddress(
  { identifiers }: Pick<ContactPorts, 'identifiers'>,
  tx: Tx,
  accountId: string,
  address: string,
): Promise<void> {
  if (await identifiers.claim(tx, { kind: 'email', value: address }, accountId)) return;
  const hmac = identifiers.hash(address);
  const holder = hmac && (await identifiers.find(tx, hmac));
  if (holder !== accountId) throw operationGone();
}
