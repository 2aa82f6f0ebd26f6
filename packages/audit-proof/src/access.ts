import { type Bytes, lengthPrefixed } from '@sigillo/device-protocol';

/** What a line of the access history says beside its id, time and account, which the audit row has itself. */
export interface Access {
  /** `sign-in`, `step-up` and other purposes, such as `single-sign-on`. */
  kind: string;
  outcome: 'success' | 'failure';
  method: string | null;
  /** Level of assurance that was proven; of a failure, the one that was asked for. */
  level: number | null;
  /** The relying party; empty for the pages of the installation itself. */
  clientId: string;
  address: string;
  userAgent: string;
}

const DOMAIN = 'sigillo access 1';

/**
 * What the SHA-256 in an audit row is made of that binds it to its line of the access history. The salt keeps whoever
 * reads the audit alone from guessing the line.
 */
export function accessBytes(salt: Uint8Array, access: Access): Bytes {
  const { kind, outcome, method, level, clientId, address, userAgent } = access;
  const written = level === null ? '' : String(level);
  return lengthPrefixed(DOMAIN, salt, kind, outcome, method ?? '', written, clientId, address, userAgent);
}
