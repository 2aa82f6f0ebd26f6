import type { PublicJwk } from './public-key.ts';

/** Proof that who pairs holds both private keys: signed by D, and again by A. */
export interface PairingProof {
  /** The issuer that is paired with: scheme, host and port. */
  issuer: string;
  /** Thumbprint of the issuer's key that the QR code named; null when none was scanned. */
  issuerKey: string | null;
  /** The one-use code, without dashes. */
  code: string;
  deviceKey: PublicJwk;
  approvalKey: PublicJwk;
}

/** What a holder was asked: the server sent it, and expects it back in the answer. */
export interface Question {
  issuer: string;
  /** 16 to 32 random bytes of the challenge, base64url. */
  nonce: string;
  account: string;
  /** The relying party's client id. */
  client: string;
  /** What is asked for: `sign-in`, or the type of an operation. */
  type: string;
  /** SHA-256 of the operation, base64url. */
  operationDigest: string;
  /** `textDigest` of the text that the device shows. */
  textDigest: string;
}

/** Yes to a question: signed by A. */
export interface Approval extends Question {
  decision: 'approved';
  /** The digits that the holder typed from the sign-in page; null where none were asked for. */
  number: string | null;
  /** The highest that the device stores. The server accepts its own only: a copy that is behind approves nothing. */
  generation: number;
}

/** No to a question: signed by D, so that nobody needs to unlock to refuse. */
export interface Refusal extends Question {
  /** `not-me`: somebody else asked. The server ends the sign-in and tells the holder. */
  reason: 'refused' | 'not-me';
}

/** Asks for the server's share: signed by D. */
export interface UnlockRequest {
  issuer: string;
  /** The device's id. */
  device: string;
  /** The nonce of the request that carries the message. */
  nonce: string;
  /** The highest generation of which the device holds a sealed approval key; 0 when it has none yet. */
  generation: number;
  /** 32 bytes, base64url: what `unlockInput` made of the code. */
  x: string;
}

/** Says that the approval key opened and was stored for the next generation: signed by A. */
export interface UnlockConfirmation {
  issuer: string;
  device: string;
  nonce: string;
  /** The generation that opened: the server's, which now moves on. */
  generation: number;
}

/** Every message, by its type in the JWS header (RFC 7515 §4.1.9). */
export interface Messages {
  'sigillo-pairing': PairingProof;
  'sigillo-approval': Approval;
  'sigillo-refusal': Refusal;
  'sigillo-unlock': UnlockRequest;
  'sigillo-unlock-confirmation': UnlockConfirmation;
}

export type MessageType = keyof Messages;

/** What the device says, and the server does not know beforehand. */
interface Answers {
  'sigillo-pairing': never;
  'sigillo-approval': 'decision' | 'number' | 'generation';
  'sigillo-refusal': 'reason';
  'sigillo-unlock': 'generation' | 'x';
  'sigillo-unlock-confirmation': 'generation';
}

/** What the server knows beforehand: all the rest, so that no comparison can be forgotten. */
export type Expected<T extends MessageType> = Omit<Messages[T], Answers[T]>;
