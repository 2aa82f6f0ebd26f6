import type { DeviceKeys, PublicJwk, SealedApprovalKey } from '@sigillo/device-protocol';

/** An account that this app is linked to: it can approve what the account is asked, and make its codes. */
export interface LinkedAccount extends LinkedDetails {
  /** This app's own name for it, a UUID. */
  id: string;
  /** Where it stands among the linked accounts, from 0. */
  place: number;
  keys: DeviceKeys;
  /** A under both layers, one for each generation that may open. Empty while it is being set up. */
  stored: SealedApprovalKey[];
  seed: KeptSeed;
}

/** What is sealed before it is stored. */
export interface LinkedDetails {
  /** Origin of the installation that keeps the account. */
  issuer: string;
  /** How that installation calls this app: the `keyid` of its requests. */
  device: string;
  account: IssuerAccount;
  /** The holder's name for it. */
  name: string;
  approvalKey: PublicJwk;
  /** `setting-up` until the unlock code was confirmed; `stopped` once the issuer takes nothing from this app any more. */
  state: 'setting-up' | 'ready' | 'stopped';
  linkedAtMs: number;
  /** How many wrong unlock codes were typed in a row, here. The server counts for itself. */
  wrongTries: number;
  /** When the code was changed, this account could not be reached: it still opens with the one before. */
  hasOldCode: boolean;
  /** What happened to the account, as its server said the last time; newest first. */
  happened?: readonly Happened[];
}

/** Something that happened to an account, in words that its server wrote. */
export interface Happened {
  id: string;
  title: string;
  paragraphs: readonly string[];
  facts: readonly { label: string; value: string }[];
  /** What to do if it was somebody else. */
  advice: string;
  links: readonly { label: string; href: string }[];
  /** ISO 8601. */
  at: string;
  /** Whether one of the holder's apps has shown it. */
  isSeen: boolean;
}

/** The account as its issuer describes it. */
export interface IssuerAccount {
  id: string;
  userId: string;
  email: string;
  /** Name of the installation. */
  service: string;
}

/** The seed of the account's codes: camouflaged by the unlock code, or sealed under the passkey's PRF output. */
export interface KeptSeed {
  by: 'code' | 'prf';
  bytes: Uint8Array<ArrayBuffer>;
}
