import type { DeviceKeys } from '@sigillo/device-protocol';
import type { IssuerAccount } from './linked-account.ts';

/** Where the set-up of a linked account has got to. */
export type LinkStep =
  | 'credentials'
  | 'prove'
  | 'confirm-account'
  | 'name'
  | 'notices'
  | 'unlock-code'
  | 'done'
  | 'biometric';

/** A set-up that is under way: kept, so that it goes on where it was left. Never the password or the unlock code. */
export interface LinkDraft extends LinkProgress {
  keys: DeviceKeys;
}

/** What is sealed before it is stored. */
export interface LinkProgress {
  way: 'credentials' | 'pairing';
  issuer: string;
  /** The installation's name. */
  service: string;
  step: LinkStep;
  /** User id or e-mail, as typed. */
  identifier: string;
  /** Handle of the ceremony, or the pairing code without dashes. */
  code: string | null;
  /** The option of the ceremony that the holder picked. */
  chosen: string | null;
  /** The issuer's key that the scanned QR code named. */
  issuerKey: string | null;
  /** Whose account a pairing code is for, its e-mail masked. */
  account: IssuerAccount | null;
  /** The holder's name for the account. */
  name: string;
  wantsNotices: boolean;
  /** Whether notices were wanted and could not be turned on. */
  noticesFailed: boolean;
  /** The linked account, once there is one. */
  linked: string | null;
}
