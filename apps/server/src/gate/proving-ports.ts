import type { Tx } from '../platform/database/database.ts';
import type { Lane, LockRule, Reservation } from './attempts.ts';
import type { Ceremony, Challenge, ChallengeState, StoredEvidence } from './model.ts';

/** Ceremonies, challenges and evidence: each method one atomic decision. */
export interface CeremonyStore {
  insert(tx: Tx, ceremony: Ceremony, party: { role: string; bindingHash: Buffer }): Promise<void>;
  /** The open, unexpired ceremony if the party's secret matches; with its evidence. */
  find(
    tx: Tx,
    key: { proverId: string; id: string },
    bindingHash: Buffer,
    now: Date,
  ): Promise<{ ceremony: Ceremony; evidence: StoredEvidence[] } | undefined>;
  /** True while the ceremony is open and unexpired; counts the step, so that two steps are told apart. */
  step(tx: Tx, ceremony: Ceremony, now: Date): Promise<boolean>;
  /** Ends the ceremony; true for the one caller that did. */
  close(
    tx: Tx,
    ceremony: Pick<Ceremony, 'proverId' | 'id'>,
    state: 'admitted' | 'abandoned',
    now: Date,
  ): Promise<boolean>;
  /** Lets another party go on with a ceremony: a device that may answer for it. */
  addParty(tx: Tx, ceremony: Ceremony, party: { role: string; bindingHash: Buffer }): Promise<void>;
  insertEvidence(tx: Tx, ceremony: Ceremony, evidence: StoredEvidence): Promise<void>;
  /** Lets an open ceremony go on in a new epoch of its account. */
  moveToEpoch(tx: Tx, ceremony: Pick<Ceremony, 'proverId' | 'id'>, epoch: number): Promise<void>;
  /** What was proven for one digest counts for another from now on; true for the one caller that did it. */
  rebind(tx: Tx, ceremony: Ceremony, digest: { from: string; to: string }, now: Date): Promise<boolean>;
}

export interface ChallengeStore {
  insert(tx: Tx, challenge: Challenge, state: 'open' | 'proven'): Promise<void>;
  /** Voids the open challenges of the same ceremony and slot: only the newest code counts. */
  voidOpen(tx: Tx, challenge: Challenge): Promise<void>;
  find(tx: Tx, key: { proverId: string; id: string; ceremonyId: string }): Promise<Challenge | undefined>;
  /** The newest that can be answered; else the newest that apps were to answer, whatever became of it. */
  newest(
    tx: Tx,
    ceremony: Pick<Ceremony, 'proverId' | 'id' | 'createdAt'>,
    now: Date,
  ): Promise<(Challenge & { state: ChallengeState; isOpen: boolean }) | undefined>;
  /** What waits for an app of the account: the newest first. */
  openQuestions(tx: Tx, proverId: string, now: Date): Promise<Challenge[]>;
  /** When the account's apps were asked since then, and what became of it; the newest first. */
  askedSince(
    tx: Tx,
    proverId: string,
    since: Date,
  ): Promise<{ id: string; at: Date; state: ChallengeState }[]>;
  /** Voids every other question that waits for the account's apps: they never pile up. */
  voidQuestionsBut(tx: Tx, challenge: Challenge): Promise<void>;
  /** One try is given back: it was never judged. */
  giveBackTry(tx: Tx, challenge: Challenge): Promise<void>;
  /** Counts one try of an open, unexpired challenge before judging; undefined when there is none left. */
  takeTry(tx: Tx, challenge: Challenge, limit: number, now: Date): Promise<{ tries: number } | undefined>;
  /** Leaves `open`: proven, void for a ticket that was answered, refused, no try left; true for the one caller. */
  settle(tx: Tx, challenge: Challenge, state: Exclude<ChallengeState, 'open'>, now: Date): Promise<boolean>;
}

export interface AttemptStore {
  /** Counts a failure ahead of judging, unless paused or closed. */
  reserve(
    tx: Tx,
    bucket: { accountId: string; factor: string; lane: Lane },
    rule: LockRule,
    now: Date,
  ): Promise<Reservation>;
  /** Takes one counted failure back: it was never judged. */
  takeBack(
    tx: Tx,
    bucket: { accountId: string; factor: string; lane: Lane },
    rule: LockRule,
    now: Date,
  ): Promise<void>;
  /** Forgives the bucket after a success. */
  release(tx: Tx, bucket: { accountId: string; factor: string; lane: Lane }, now: Date): Promise<void>;
  /** Forgives every lane of a factor: after recovery. */
  reset(tx: Tx, accountId: string, factor: string): Promise<void>;
  /** Forgives everything: after the second factor was recovered. */
  resetAll(tx: Tx, accountId: string): Promise<void>;
  /** Nothing of this factor is sent before then. */
  pauseUntil(tx: Tx, accountId: string, factor: string, until: Date, now: Date): Promise<void>;
  pausedUntil(tx: Tx, accountId: string, factor: string): Promise<Date | undefined>;
  isRecognised(tx: Tx, accountId: string, secretHash: Buffer): Promise<boolean>;
  /** Recognises a browser by a new secret, in place of the one it had; the account's oldest ones are forgotten. */
  recognise(
    tx: Tx,
    accountId: string,
    secretHash: Buffer,
    previousHash: Buffer | null,
    now: Date,
  ): Promise<void>;
  forgetBrowsers(tx: Tx, accountId: string): Promise<void>;
}
