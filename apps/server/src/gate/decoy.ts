import type { Method } from '@sigillo/assurance';
import { uuidFromBytes } from '../platform/ids.ts';
import type { Keyring } from '../platform/keyring/keyring.ts';
import type { Prover } from './model.ts';

/** A random-looking UUIDv4 that is always the same for the same text. */
function uuidOf(keyring: Keyring, purpose: string, text: string | Buffer): string {
  const bytes = keyring.mac(purpose, text).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return uuidFromBytes(bytes);
}

/**
 * The account that an unknown name, or an unknown device, seems to have: it is locked after the same number of
 * tries, takes as long, and never signs in.
 */
export function decoyProver(
  keyring: Keyring,
  identifier: string | Buffer,
  method: Method = 'password',
): Prover {
  const id = uuidOf(keyring, 'decoy-account', identifier);
  const first = {
    id: uuidOf(keyring, `decoy-${method}`, identifier),
    method,
    channelId: id,
    contactId: null,
    bindingLevel: 3 as const,
    label: '',
    createdAt: new Date(0),
    lastUsedAt: null,
  };
  return {
    id,
    decoy: true,
    userId: '',
    kind: 'holder',
    status: 'active',
    epoch: 0,
    language: 'it',
    codeDelivery: null,
    authenticators: [first],
    contacts: [],
  };
}
