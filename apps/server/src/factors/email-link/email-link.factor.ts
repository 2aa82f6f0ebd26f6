import { SENT } from '../../gate/attempts.ts';
import { type Factor, refused } from '../../gate/factor.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { readLinkToken } from './link-token.ts';

export interface OpenLink {
  id: string;
  accountId: string | null;
  /** The account or registration it was sent for: only the newest link of a subject and purpose counts. */
  subjectId: string;
  addressHmac: Buffer;
}

/** What links need from storage. */
export interface LinkTokens {
  insert(
    tx: Tx,
    link: {
      id: string;
      secretHash: Buffer;
      purpose: string;
      accountId: string | null;
      subjectId: string;
      addressHmac: Buffer;
      createdAt: Date;
      expiresAt: Date;
    },
  ): Promise<void>;
  /** The link if its secret matches and it is unused, unexpired and the newest of its kind. Spends nothing. */
  findOpen(
    tx: Tx,
    key: { id: string; secretHash: Buffer },
    purpose: string,
    now: Date,
  ): Promise<OpenLink | undefined>;
  /** Spends it under the same conditions; true for the one caller that did. */
  spend(tx: Tx, key: { id: string; secretHash: Buffer }, purpose: string, now: Date): Promise<boolean>;
}

/** A link that was sent to an address, or to a number: it proves that address for one purpose, and nothing else ([REC-2]). */
export function emailLinkFactor(ports: {
  links: LinkTokens;
  keyring: Keyring;
  clock: Clock;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}): Factor {
  const { links, keyring, clock, transaction } = ports;
  return {
    method: 'email-link',
    lock: SENT,
    countedPer: 'channel',
    async judge({ prover, target, presenter, purpose, response }) {
      const key = readLinkToken(response.code);
      if (!key || presenter.kind !== 'link') return refused;
      const link = await transaction((tx) => links.findOpen(tx, key, purpose, clock.now()));
      const { kind = 'email', address = '' } = target.contact ?? {};
      const isSent = link?.addressHmac.equals(keyring.mac('contact-address', kind, address));
      if (link?.accountId !== prover.id || !isSent) return refused;
      return { accepted: true, spend: (tx) => links.spend(tx, key, purpose, clock.now()) };
    },
  };
}
