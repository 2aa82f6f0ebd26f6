import type { Adapter } from 'oidc-provider';
import type { RelyingPartyStore } from './relying-party-ports.ts';
import { currentRequest } from './request-context.ts';

/** Shows the library the registered relying parties; it registers none itself. */
export function clientAdapter(relyingParties: RelyingPartyStore): Adapter {
  const readOnly = () => Promise.reject(new TypeError('clients are registered by administrators alone'));
  return {
    find: async (clientId) => relyingParties.findClient(await currentRequest().transaction.begin(), clientId),
    findByUid: readOnly,
    findByUserCode: readOnly,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
}
