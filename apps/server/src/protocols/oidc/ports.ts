import type { Tx } from '../../platform/database/database.ts';

/** What the library keeps between requests, apart from clients and sessions. */
export type ArtifactModel =
  | 'AccessToken'
  | 'AuthorizationCode'
  | 'Grant'
  | 'Interaction'
  | 'PushedAuthorizationRequest'
  | 'RefreshToken';

/** The session an artifact comes from; it lives no longer than that session and its account's epoch. */
export interface Origin {
  accountId: string;
  sessionId: string;
  epoch: number;
}

export interface NewArtifact {
  model: ArtifactModel;
  /** The code, token or id itself; only its SHA-256 is stored. */
  value: string;
  payload: object;
  grantId: string | null;
  origin: Origin | null;
  /** SHA-256 of the secret of the browser it belongs to; interactions only. */
  bindingHash: Buffer | null;
  createdAt: Date;
  expiresAt: Date;
}

/** How the session and the account of an artifact stand now. */
interface Standing {
  endedAt: Date | null;
  sessionExpiresAt: Date;
  lastSeenAt: Date;
  accountStatus: string;
  accountEpoch: number;
}

export interface Artifact {
  id: string;
  payload: Record<string, unknown>;
  origin: Origin | null;
  /** Null when the session or the account is not there any more, or it never came from one. */
  standing: Standing | null;
  bindingHash: Buffer | null;
  consumedAt: Date | null;
  createdAt: Date;
}

export interface ArtifactStore {
  /** A fresh value, of 256 random bits, for what lives for weeks; it tells the store where to look. */
  newValue(nowMs: number): string;
  insert(tx: Tx, artifact: NewArtifact): Promise<void>;
  /** What has this value, unless it was discarded or expired. */
  find(tx: Tx, model: ArtifactModel, value: string, now: Date): Promise<Artifact | undefined>;
  /** The same however long ago it expired or was discarded: for the way back to where it came from. */
  findEver(tx: Tx, model: ArtifactModel, value: string): Promise<Artifact | undefined>;
  /** Waits for whoever else is at work on what the same grant gave, and keeps them waiting until the end. */
  lockFamily(tx: Tx, model: ArtifactModel, value: string, now: Date): Promise<void>;
  /** Uses it up; true for the one caller that did. */
  consume(tx: Tx, model: ArtifactModel, value: string, now: Date): Promise<boolean>;
  /** The same, and leaves what came of it; only for the browser it belongs to. */
  answer(
    tx: Tx,
    value: string,
    id: string,
    answer: { bindingHash: Buffer; payload: object; now: Date },
  ): Promise<boolean>;
  /** Lets it live until then, unless it is over. */
  prolong(tx: Tx, model: ArtifactModel, value: string, until: Date, now: Date): Promise<void>;
  /** Makes it as if it had never been; true for the one caller that did. */
  discard(tx: Tx, model: ArtifactModel, value: string, now: Date): Promise<boolean>;
  /** The same for every artifact of a model that a grant gave. */
  discardGranted(tx: Tx, model: ArtifactModel, grantId: string, now: Date): Promise<void>;
}

export interface ReplayStore {
  /**
   * Uses up something that may be used once; true for the one caller that did.
   *
   * @param nowMs Unix time, in milliseconds; it is remembered for a quarter of an hour at least
   */
  spend(tx: Tx, name: string, nowMs: number): Promise<boolean>;
}

/** What a holder allowed a relying party to know. */
export interface Consent {
  clientId: string;
  scopes: string[];
  /** Of the first consent since the last withdrawal: what was granted under an earlier one is dead. */
  grantedAt: Date;
}

export interface ConsentStore {
  find(tx: Tx, accountId: string, clientId: string): Promise<Consent | undefined>;
  list(tx: Tx, accountId: string): Promise<Consent[]>;
  /** Remembers scopes, beside those allowed before. */
  allow(tx: Tx, accountId: string, clientId: string, scopes: readonly string[], now: Date): Promise<void>;
  /** Withdraws it; true for the one caller that did. */
  withdraw(tx: Tx, accountId: string, clientId: string, now: Date): Promise<boolean>;
}

/** A relying party that a session has signed in to. */
interface SessionClient {
  clientId: string;
  sid: string;
  grantId: string | null;
}

export interface SessionClientStore {
  ofSession(tx: Tx, session: { accountId: string; id: string }): Promise<SessionClient[]>;
  ofAccount(tx: Tx, accountId: string): Promise<{ sessionId: string; clientId: string }[]>;
  record(tx: Tx, session: { accountId: string; id: string }, client: SessionClient, now: Date): Promise<void>;
  forget(tx: Tx, session: { accountId: string; id: string }, clientId: string): Promise<void>;
}

export type SigningAlgorithm = 'ES256' | 'PS256';

/** A private key as JSON Web Key (RFC 7517), with `kid`, `alg` and `use`. */
export type SigningJwk = Record<string, string> & { kid: string };

/** A key that signs, will sign, or is published for what it signed. */
export interface SigningKey {
  kid: string;
  alg: SigningAlgorithm;
  jwk: SigningJwk;
  createdAt: Date;
  /** It signs from then until the turn of the next one of its algorithm. */
  signsFrom: Date;
}

/** What is published, as one moment saw it. */
export interface SigningKeys {
  /** In the order of their turns. */
  keys: SigningKey[];
  /** Of each algorithm the key that no other follows, retired or not. */
  newest: Partial<Record<SigningAlgorithm, string>>;
}

export interface SigningKeyStore {
  load(): Promise<SigningKeys>;
  /** The same; when there are none, `make` makes the first ones, once for all nodes. */
  loadOrMake(make: () => Promise<SigningJwk[]>, now: Date): Promise<SigningKeys>;
  /** Stores a key that follows another; true for the one caller whose key does. */
  add(tx: Tx, key: SigningKey, follows: string | null): Promise<boolean>;
  /** Lets a key sign earlier; false when it does, or is retired. */
  bringForward(tx: Tx, kid: string, signsFrom: Date): Promise<boolean>;
  /** Takes a key out of use and destroys it; true for the one caller that did. */
  retire(tx: Tx, key: Pick<SigningKey, 'kid' | 'alg'>, isCompromised: boolean, now: Date): Promise<boolean>;
}
