import type { Presenter, Prover, Session } from './model.ts';
import type { RelyingPartyPolicy, SignInWish } from './policies.ts';

/** Who asks for a sign-in, as registered. */
export interface RelyingParty {
  clientId: string;
  name: { it: string; en: string };
  homeUrl: string | null;
  /** Path of its logo on our own origin; null when it has none. */
  logoUrl: string | null;
  chatUrl: string | null;
  caseNumberLabel: 'case' | 'claim';
  policy: RelyingPartyPolicy;
}

export interface RelyingParties {
  /** The enabled relying party of this id. */
  find(clientId: string): Promise<RelyingParty | undefined>;
}

/** A protocol's request that waits for the holder: bound to the browser that made it. */
export interface Interaction {
  uid: string;
  prompt: 'login' | 'consent';
  relyingParty: RelyingParty;
  wish: SignInWish;
  loginHint: string | null;
  scopes: string[];
}

/** Requests of a protocol that wait for the holder; the protocol implements it. */
export interface Interactions {
  /** The waiting request, if it belongs to this browser. */
  find(uid: string, presenter: Presenter): Promise<Interaction | undefined>;
  /** The way back to who made a request, also when it is over or another browser's; null when nobody knows. */
  homeOf(uid: string): Promise<string | null>;
  /**
   * Hands the session over, once; where the browser goes next.
   *
   * @param prover whose session it is, as loaded in this request; looked up where it is left out
   */
  finishSignIn(uid: string, presenter: Presenter, session: Session, prover?: Prover): Promise<string>;
  /** Hands the holder's answer over, once; where the browser goes next. */
  finishConsent(uid: string, presenter: Presenter, session: Session, accept: boolean): Promise<string>;
}

/** By what others recognise this installation: the keys that tokens are signed with, which are published. */
export interface IssuerKeys {
  /** Thumbprint of the key that signs for clients which ask for nothing else (RFC 7638). */
  current(): string;
  /** Whether a key of this thumbprint is published. */
  has(thumbprint: string): boolean;
}
