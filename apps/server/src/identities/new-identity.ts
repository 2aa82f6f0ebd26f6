import { type Day, spidCodeOf } from '@sigillo/identity';
import { newSecret, uuidv7 } from '../platform/ids.ts';
import type { Identity } from './identity.ts';

/** What an identity is asked for with. */
export interface IdentityStart extends Pick<Identity, 'accountId' | 'type' | 'attributes'> {
  documentExpiresOn: Day | null;
  /** When it was issued elsewhere. */
  issuedOn?: Day | null;
  /** Its last day by its contract. */
  expiresOn?: Day | null;
  /** One that was given elsewhere; a new one otherwise. */
  spidCode?: string;
}

/**
 * An identity that is asked for and not issued yet.
 *
 * @param provider the four letters that AgID gave to the provider
 */
export function newIdentity(start: IdentityStart, provider: string, now: Date): Identity {
  const { accountId, type, attributes, documentExpiresOn, issuedOn = null, expiresOn = null } = start;
  return {
    accountId,
    id: uuidv7(now.getTime()),
    type,
    state: 'requested',
    causes: new Set(),
    until: new Map(),
    version: 1,
    spidCode: start.spidCode ?? spidCodeOf(provider, newSecret(10)),
    attributes,
    documentExpiresOn,
    issuedOn,
    expiresOn,
    lastUsedAt: null,
    createdAt: now,
  };
}
