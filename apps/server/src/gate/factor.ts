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
  /** Queues the message in the transaction that stores the challenge. */
  send(tx: Tx): Promise<void>;
}

export interface JudgeContext {
  prover: Prover;
  challenge: Challenge;
  target: Target;
  presenter: Presenter;
  purpose: string;
  response: Response;
}

/** What the holder answered. */
export type Response = { code: string };

export type Judgement =
  | { accepted: false }
  | {
      accepted: true;
      /** Consumes the one-time value by one conditional statement; false when somebody else did. */
      spend?(tx: Tx): Promise<boolean>;
    };

export const refused: Judgement = { accepted: false };

/**
 * One way of proving. A factor judges and never decides: the gate counts tries, consumes one-time values,
 * writes evidence and decides what it is worth.
 */
export interface Factor {
  method: Method;
  lock: LockRule;
  /** Whose failures are counted together: the method, or the method on one channel. */
  countedPer: 'account' | 'channel';
  /** Makes and sends something; left out where nothing is sent. How long it may be answered, in seconds. */
  sends?: { lifetimeSeconds: number; start(context: StartContext): Promise<Started> };
  /** @throws a problem when it cannot judge now, such as `busy`; then the try does not count */
  judge(context: JudgeContext): Promise<Judgement>;
}
