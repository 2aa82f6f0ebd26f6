import { type RestoreFacts, romeDayOf } from '@sigillo/identity';
import type { DeviceStore } from '../gate/devices.ts';
import type { Accounts } from '../gate/ports.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Identity } from './identity.ts';

export interface RestoreFactsPorts {
  accounts: Pick<Accounts, 'load'>;
  devices: Pick<DeviceStore, 'list'>;
  clock: Clock;
}

/**
 * What an identity that rests is now: whether its document is valid, whether every contact of its account is verified,
 * and whether something that its holder proves with may be in other hands.
 */
export async function restoreFacts(
  { accounts, devices, clock }: RestoreFactsPorts,
  tx: Tx,
  { accountId, documentExpiresOn, causes }: Identity,
): Promise<RestoreFacts> {
  const contacts = (await accounts.load(tx, accountId))?.contacts ?? [];
  const apps = await devices.list(tx, accountId);
  const hasEmail = contacts.some(({ kind }) => kind === 'email');
  return {
    documentValid: documentExpiresOn !== null && documentExpiresOn >= romeDayOf(clock.nowMs()),
    contactsVerified: hasEmail && contacts.every(({ verifiedAt }) => verifiedAt !== null),
    credentialCompromised: causes.has('lost-credential') || apps.some(({ state }) => state === 'frozen'),
  };
}
