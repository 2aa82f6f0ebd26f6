import type { Level, Method, Option, Policy } from '@sigillo/assurance';
import type { ClientInfo } from '../platform/http/client-info.ts';

/** Who presents a proof: the browser, device or link that holds the secret whose SHA-256 is `bindingHash`. */
export interface Presenter {
  kind: 'browser' | 'device' | 'link';
  bindingHash: Buffer;
  client: ClientInfo;
  /** SHA-256 of the long-lived secret of a browser that signed in before; lifts lock-outs, proves nothing. */
  recognisedHash: Buffer | null;
}

export interface Contact {
  id: string;
  kind: 'email' | 'phone';
  channelId: string;
  address: string;
  verifiedAt: Date | null;
}

export interface EnrolledAuthenticator {
  id: string;
  method: Method;
  channelId: string;
  contactId: string | null;
  bindingLevel: Level;
  label: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** Operators' accounts are nothing else: neither signs in where the other does. */
export type AccountKind = 'holder' | 'operator';

/** How codes reach a holder: by an app, by SMS, or shown by a token in the hand. */
export type CodeDelivery = 'app' | 'sms' | 'hardware-token';

/** The account that proves something, or a decoy that behaves like one and never succeeds. */
export interface Prover {
  id: string;
  decoy: boolean;
  userId: string;
  kind: AccountKind;
  status: 'active' | 'suspended' | 'closed';
  epoch: number;
  language: 'it' | 'en';
  /** What the holder chose to be asked for first; null where nothing was chosen. */
  codeDelivery: CodeDelivery | null;
  authenticators: EnrolledAuthenticator[];
  contacts: Contact[];
  /** Whether the account holds a digital identity, also one that rests: its password ends ([SPID-CRD-2]). */
  holdsIdentity?: boolean;
  /** Whether the holder wants to be told of every use, how, and of tries that failed as well; a decoy wants nothing. */
  useNotices?: UseNotices;
}

export interface UseNotices {
  by: 'off' | 'email' | 'sms';
  failures: boolean;
}

/** What a ceremony remembers about why it was started. */
export interface CeremonyContext {
  clientId: string | null;
  interaction: string | null;
  /** Hex digest of the operation that its evidence is given for. */
  operationDigest: string | null;
}

export interface Ceremony {
  id: string;
  proverId: string;
  subjectId: string;
  purpose: string;
  operationId: string | null;
  policy: Policy;
  context: CeremonyContext;
  epoch: number;
  createdAt: Date;
  expiresAt: Date;
}

/** What an app is asked, frozen when somebody asks: its holder decides by it, and signs a digest of its words. */
export interface AppQuestion {
  /** `sign-in` or another purpose of a ceremony, or the type of the operation that is to be approved. */
  type: string;
  /** Client id of who asks; `account` for the pages of the installation itself. */
  client: string;
  clientName: { it: string; en: string } | null;
  userId: string;
  /** What exactly the operation does, in plain values. */
  summary: Readonly<Record<string, string | number>>;
  /** Where it is asked: browser and system, country or `local`, and when (ISO 8601). */
  browser: string;
  place: string;
  when: string;
  /** Whether the account never signed in in this browser. */
  isNewBrowser: boolean;
  /** SHA-256 of what is asked for, in base64url. */
  operationDigest: string;
}

export interface Challenge {
  id: string;
  proverId: string;
  ceremonyId: string;
  slot: string;
  method: Method;
  /** The authenticator or contact it is addressed to. */
  target: string | null;
  operationDigest: string | null;
  /** What an app shows to whoever answers it; null where no app does. */
  question: AppQuestion | null;
  /** Keyed hash of what was sent; null where nothing was. */
  secretHash: Buffer | null;
  tries: number;
  createdAt: Date;
  expiresAt: Date;
}

export type ChallengeState = 'open' | 'proven' | 'void' | 'exhausted' | 'refused';

/** What only the browser that asked for a challenge is given. */
export interface Reveal {
  /** What to ask the browser's own authenticator with (WebAuthn). */
  publicKey?: object;
  /** What the holder types into the app ([PUSH-1]). */
  number?: string;
}

/** A challenge just made. */
export interface StartedChallenge extends Challenge {
  reveal: Reveal | null;
}

/** A proof as stored: one per challenge. */
export interface StoredEvidence {
  challengeId: string;
  slot: string;
  role: string;
  method: Method;
  target: string | null;
  channelId: string;
  levelCap: Level;
  operationDigest: string | null;
  provenAt: Date;
}

/** What a session remembers of its proofs; times in Unix milliseconds, since it is stored as JSON. */
export interface SessionEvidence {
  slot: string;
  method: Method;
  target: string | null;
  channelId: string;
  levelCap: Level;
  provenAtMs: number;
}

export interface Session {
  accountId: string;
  accountKind: AccountKind;
  id: string;
  epoch: number;
  evidence: SessionEvidence[];
  clientAddress: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

/** A ceremony with all that deciding about it needs. */
export interface Scene {
  ceremony: Ceremony;
  prover: Prover;
  evidence: StoredEvidence[];
}

export type Ask = Option;
