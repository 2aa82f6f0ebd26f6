import type { Presenter, Prover } from '../../gate/model.ts';
import type { Tx } from '../../platform/database/database.ts';

/** Where passkeys of this installation are good: its own pages and nowhere else. */
export interface RelyingPartySettings {
  /** RP ID: the issuer's host (WebAuthn Level 3 §5.4.2). */
  rpId: string;
  /** The one origin that passkeys answer for. */
  origin: string;
  name: string;
}

/** What registration yields (WebAuthn Level 3 §7.1). */
export interface NewPasskey {
  credentialId: Buffer;
  /** COSE_Key (RFC 9052 §7). */
  publicKey: Buffer;
  /** COSE algorithm identifier. */
  algorithm: number;
  signCount: number;
  /** May be copied to other devices of its owner: a multi-device credential. */
  backupEligible: boolean;
  backedUp: boolean;
  /** Whether its user was verified when it was made; one that cannot is only touched. */
  userVerified: boolean;
  /** Found by itself, without being named; null when the browser does not say. */
  discoverable: boolean | null;
  transports: string[];
  attachment: 'platform' | 'cross-platform' | null;
  aaguid: string;
}

export interface StoredPasskey
  extends Pick<NewPasskey, 'credentialId' | 'publicKey' | 'signCount' | 'backupEligible' | 'transports'> {
  authenticatorId: string;
}

/** What this factor needs from storage. */
export interface Passkeys {
  /** What the account is called on devices: 64 random bytes, made when first asked for. */
  userHandle(tx: Tx, accountId: string): Promise<Buffer>;
  /** The account that a device calls by this handle. */
  whose(tx: Tx, userHandle: Buffer): Promise<string | undefined>;
  /** The passkeys of active authenticators. */
  list(tx: Tx, accountId: string): Promise<StoredPasskey[]>;
  /** Gives a pending authenticator its passkey; false when the credential is known already, whosever it is. */
  add(tx: Tx, accountId: string, authenticatorId: string, passkey: NewPasskey): Promise<boolean>;
  /**
   * Records a use, with a counter that only rises, or stays at 0 where the device keeps none; true for the one
   * caller that did.
   */
  use(
    tx: Tx,
    accountId: string,
    authenticatorId: string,
    now: { signCount: number; backedUp: boolean },
  ): Promise<boolean>;
}

export interface PasskeyPorts {
  passkeys: Passkeys;
  settings: RelyingPartySettings;
  /** Keyed hash of a challenge. */
  mac(purpose: string, ...parts: (string | Uint8Array)[]): Buffer;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Records that a counter went back, and tells the holder: there may be a copy of the device. */
  alert(tx: Tx, prover: Prover, presenter: Presenter, authenticatorId: string): Promise<void>;
}
