import type { Adapter } from 'oidc-provider';
import { type Clock, SECOND_MS } from '../../platform/clock/clock.ts';
import { CLIENT_KEYS_SECONDS } from './client-keys-fetch.ts';
import type { RelyingPartyStore } from './relying-party-ports.ts';
import { currentRequest } from './request-context.ts';

/**
 * Shows the library the registered relying parties; it registers none itself. They are read outside the
 * transaction where none has begun: what follows may wait for the keys of a client, and no connection with it.
 */
export function clientAdapter(relyingParties: RelyingPartyStore, clock: Clock): Adapter {
  const readOnly = () => Promise.reject(new TypeError('clients are registered by administrators alone'));
  return {
    async find(clientId) {
      const found = await relyingParties.findClient(await currentRequest().transaction.reader(), clientId);
      if (!found?.jwks_uri) return found;
      // The library keeps a client, and the keys it has read, for as long as its metadata stays the same.
      const period = Math.floor(clock.nowMs() / (CLIENT_KEYS_SECONDS * SECOND_MS));
      return { ...found, keys_period: period };
    },
    findByUid: readOnly,
    findByUserCode: readOnly,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
}
