import type { OtpAlgorithm } from '@sigillo/otp';
import type { Tx } from '../../platform/database/database.ts';

/** What makes the codes of a token. */
interface TokenKey {
  serial: string;
  kind: 'hotp' | 'totp';
  seed: Buffer;
  algorithm: OtpAlgorithm;
  digits: number;
  stepSeconds: number;
  /** The last counter or time step that was spent; -1 when there was none. */
  used: number;
}

/** One that was imported and that nobody has. */
export type FreeToken = TokenKey;

/** One that is a holder's second factor. */
export interface HeldToken extends TokenKey {
  /** By how many steps its clock was ahead of ours (behind when negative) when it was last used. */
  driftSteps: number;
}

/** Where a token stood when its codes were accepted. */
export interface TokenPlace {
  used: number;
  driftSteps: number;
}

/** What this factor needs from storage. */
export interface HardwareTokens {
  find(tx: Tx, accountId: string, authenticatorId: string): Promise<HeldToken | undefined>;
  /** Whether any is left that nobody has. */
  hasFree(tx: Tx): Promise<boolean>;
  findFree(tx: Tx, serial: string): Promise<FreeToken | undefined>;
  /** Gives a free token to a pending authenticator; true for the one caller that got it. */
  assign(
    tx: Tx,
    token: FreeToken,
    to: { accountId: string; authenticatorId: string; at: Date } & TokenPlace,
  ): Promise<boolean>;
  /** Spends a counter or step, ever increasing; true for the one caller that did. */
  spend(tx: Tx, accountId: string, authenticatorId: string, place: TokenPlace): Promise<boolean>;
}
