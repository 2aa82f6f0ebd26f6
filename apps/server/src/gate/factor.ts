import type { Level, Method } from '@sigillo/assurance';
import type { Tx } from '../platform/database/database.ts';
import type { LockRule } from './attempts.ts';
import type {
  AppQuestion,
  Ceremony,
  Challenge,
  Contact,
  EnrolledAuthenticator,
  Presenter,
  Prover,
  Reveal,
} from './model.ts';

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
  /** Null before anybody knows whose it will be. */
  ceremony: Ceremony | null;
}

export interface Started {
  /** Keyed hash of what was made, bound to the challenge; null where it can be made again from the challenge. */
  secretHash: Buffer | null;
  /** Queues the message in the transaction that stores the challenge; left out where the answer carries it all. */
  send?(tx: Tx): Promise<void>;
  /** What the browser that asked is given, and nobody else: it is not stored. */
  reveal?: Reveal;
  /** What an app shows to whoever answers. */
  question?: AppQuestion;
  /** Runs after the commit: wakes whoever is to answer. */
  afterwards?(): void;
}

export interface JudgeContext {
  prover: Prover;
  challenge: Challenge;
  target: Target;
  presenter: Presenter;
  purpose: string;
  response: Response;
  ceremony: Ceremony;
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
      /** Tries that are left, where the factor counts them itself. */
      triesLeft?: number;
      /** Records, together with the refusal, what the holder has to know of it. */
      alert?(tx: Tx): Promise<void>;
    }
  | {
      accepted: true;
      /** The method that the evidence is of, where the answer decides it; else the one asked for. */
      countsAs?: Method;
      /** How strongly the device that answered is bound, where several may; else that of the target. */
      levelCap?: Level;
      /** The device that answered, for the record. */
      by?: string;
      /**
       * Consumes the one-time value by one conditional statement; false when somebody else did. Sent before it is known
       * whether the proof counts: nothing but the database may change by it.
       */
      spend?(tx: Tx): Promise<boolean>;
      /** Runs once the proof counts, after the commit. */
      afterwards?(): void;
    };

export const refused = { accepted: false } as const satisfies Judgement;

export interface Sending {
  /** How long it may be answered. */
  lifetimeSeconds: number;
  /** Nobody gets a message: the browser that asks is given all there is. */
  isQuiet?: true;
  /** Every sending is paid for: nothing is sent before something was proven, and fewer from one network. */
  costsMoney?: true;
  /** It counts what it sends by itself. */
  limitsItself?: true;
  /** Tries at one challenge; five unless told otherwise. */
  tries?: number;
  start(context: StartContext): Promise<Started>;
  /** The same as was revealed, for a page that was loaded again. */
  shown?(challenge: Challenge): Reveal;
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
  /** Whoever answers wrongly is told how many tries are left before there is a pause. */
  tellsTries?: true;
  /** Whether anybody could set it up now; left out where everybody can. */
  isOffered?(): Promise<boolean>;
  /** Who may answer; everybody unless told otherwise. */
  answeredBy?: Presenter['kind'];
  /** Makes and sends something, or gives it to the browser; left out where the holder just answers. */
  sends?: Sending;
  /** @throws a problem when it cannot judge now, such as `busy`; then the try does not count */
  judge(context: JudgeContext): Promise<Judgement>;
}
