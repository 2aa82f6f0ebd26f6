import type { Method } from '@sigillo/assurance';
import type { Tx } from '../platform/database/database.ts';
import type { LockRule } from './attempts.ts';
import type { Challenge, Contact, EnrolledAuthenticator, Presenter, Prover } from './model.ts';

/** What a challenge is addressed to. */
export interface Target {
  authenticator: EnrolledAuthenticator | null;
  contact: Contact | null;
}

export interface StartContext {
  prover: Prover;
  challenge: Challenge;
  target: Target;
  presenter: Presenter;
  purpose: string;
}

export interface Started {
  /** Keyed hash of what was made, bound to the challenge. */
  secretHash: Buffer;
  /** Queues the message in the transaction that stores the challenge; left out where the answer carries it all. */
  send?(tx: Tx): Promise<void>;
  /** What the browser that asked is given, and nobody else: it is not stored. */
  reveal?: object;
}

export interface JudgeContext {
  prover: Prover;
  challenge: Challenge;
  target: Target;
  presenter: Presenter;
  purpose: string;
  response: Response;
}

/** What the holder answered: a code, or what a device signed, as its own factor reads it. */
export interface Response {
  /** Empty where a device signed. */
  code: string;
  credential?: object;
}

export type Judgement =
  | {
      accepted: false;
      /** Records, together with the refusal, what the holder has to know of it. */
      alert?(tx: Tx): Promise<void>;
    }
  | {
      accepted: true;
      /** The method that the evidence is of, where the answer decides it; else the one asked for. */
      countsAs?: Method;
      /** Consumes the one-time value by one conditional statement; false when somebody else did. */
      spend?(tx: Tx): Promise<boolean>;
    };

export const refused: Judgement = { accepted: false };

export interface Sending {
  /** How long it may be answered. */
  lifetimeSeconds: number;
  /** Nobody gets a message: the browser that asks is given all there is. */
  isQuiet?: true;
  start(context: StartContext): Promise<Started>;
}

/**
 * One way of proving. A factor judges and never decides: the gate counts tries, consumes one-time values,
 * writes evidence and decides what it is worth.
 */
export interface Factor {
  method: Method;
  lock: LockRule;
  /** Whose failures are counted together: the method, or the method on one channel. */
  countedPer: 'account' | 'channel';
  /** Makes and sends something, or gives it to the browser; left out where the holder just answers. */
  sends?: Sending;
  /** @throws a problem when it cannot judge now, such as `busy`; then the try does not count */
  judge(context: JudgeContext): Promise<Judgement>;
}
