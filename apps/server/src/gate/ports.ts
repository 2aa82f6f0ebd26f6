import type { MethodTable } from '@sigillo/assurance';
import type { AuditEvent } from '../platform/audit/audit.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Events } from '../platform/events/events.ts';
import type { Keyring } from '../platform/keyring/keyring.ts';
import type { Limits } from '../platform/limits/limits.ts';
import type { Lane, LockRule, Reservation } from './attempts.ts';
import type { DeviceStore } from './devices.ts';
import type { Factor } from './factor.ts';
import type {
  Ceremony,
  Challenge,
  ChallengeState,
  Prover,
  Session,
  SessionEvidence,
  StoredEvidence,
} from './model.ts';
import type { Operation, Unit } from './operation.ts';

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
}

export interface ChallengeStore {
  insert(tx: Tx, challenge: Challenge, state: 'open' | 'proven'): Promise<void>;
  /** Voids the open challenges of the same ceremony and slot: only the newest code counts. */
  voidOpen(tx: Tx, challenge: Challenge): Promise<void>;
  find(tx: Tx, key: { proverId: string; id: string; ceremonyId: string }): Promise<Challenge | undefined>;
  /** The newest that can be answered; else the newest that apps were to answer, whatever became of it. */
  newest(
    tx: Tx,
    ceremony: Ceremony,
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

/** When a session counts as alive. */
export interface Liveness {
  now: Date;
  idleSince: Date;
}

export interface SessionStore {
  insert(tx: Tx, session: Session, tokenHash: Buffer): Promise<void>;
  /** The session if its token matches, it has not ended, and its account is active with the same epoch. */
  findLive(
    tx: Tx,
    key: { accountId: string; id: string },
    tokenHash: Buffer,
    live: Liveness,
  ): Promise<Session | undefined>;
  /** The same by key alone, locked against being ended until the transaction is over. */
  lockLive(tx: Tx, key: { accountId: string; id: string }, live: Liveness): Promise<Session | undefined>;
  touch(tx: Tx, key: { accountId: string; id: string }, now: Date): Promise<void>;
  /** New proofs and a new token for a live session; false when it ended meanwhile. */
  raise(
    tx: Tx,
    session: Session,
    evidence: SessionEvidence[],
    tokenHash: Buffer,
    live: Liveness,
  ): Promise<boolean>;
  /** Lets a session go on in a new epoch of its account. */
  moveToEpoch(tx: Tx, key: { accountId: string; id: string }, epoch: number): Promise<void>;
  /** Relying parties that the session signed in to, and that want to know, are told: also by the two below. */
  end(tx: Tx, key: { accountId: string; id: string }, now: Date): Promise<boolean>;
  endAll(tx: Tx, accountId: string, exceptId: string | null, now: Date): Promise<number>;
  /** Ends the oldest live ones beyond `keep`. */
  endBeyond(tx: Tx, accountId: string, keep: number, live: Liveness): Promise<number>;
  list(tx: Tx, accountId: string, live: Liveness): Promise<Session[]>;
}

export interface OperationStore {
  insert(tx: Tx, operation: Operation, units: Unit[]): Promise<void>;
  find(tx: Tx, key: { subjectId: string; id: string }): Promise<Operation | undefined>;
  /** Fills the next free slot; false when this approver filled one already or none is free. */
  approve(
    tx: Tx,
    operation: Operation,
    approval: { approverId: string; ceremonyId: string; at: Date },
  ): Promise<boolean>;
  /** Waiting → approved when every slot is filled. */
  settleApprovals(tx: Tx, operation: Operation, now: Date): Promise<boolean>;
  /** One move of the state table; true for the one caller that made it. */
  move(
    tx: Tx,
    operation: Operation,
    from: Operation['state'],
    to: Operation['state'],
    now: Date,
  ): Promise<boolean>;
  /** Waiting → spent, for the one caller, if the digest is that unit's. */
  spendUnit(tx: Tx, operation: Operation, idx: number, digest: string): Promise<boolean>;
  recordUnit(
    tx: Tx,
    operation: Operation,
    idx: number,
    state: 'done' | 'failed',
    result: unknown,
  ): Promise<boolean>;
  units(tx: Tx, operation: Operation): Promise<Unit[]>;
  insertCapability(tx: Tx, capability: Capability, tokenHash: Buffer): Promise<void>;
  /** One use less, while any is left and the account's epoch is the same; undefined otherwise. */
  useCapability(
    tx: Tx,
    key: { accountId: string; id: string },
    tokenHash: Buffer,
    now: Date,
  ): Promise<Capability | undefined>;
}

export interface Capability {
  accountId: string;
  id: string;
  operationId: string;
  epoch: number;
  usesLeft: number;
  expiresAt: Date;
}

/** What the gate asks of accounts; their tables are not the gate's. */
export interface Accounts {
  /** The account with its active authenticators and its contacts; pending ones only when named. */
  load(tx: Tx, accountId: string): Promise<Prover | undefined>;
  /** The little of an account that its apps are told; much cheaper than all of it. */
  findHolder(tx: Tx, accountId: string): Promise<Pick<Prover, 'id' | 'userId' | 'status'> | undefined>;
  /** The factor that is being set up, or the contact that is being confirmed. */
  loadPending(
    tx: Tx,
    accountId: string,
    authenticatorId: string,
    now: Date,
  ): Promise<PendingTarget | undefined>;
  /**
   * Lets one transaction of the account on at a time. For those that may raise its epoch: two that merely held
   * it would each wait for the other. Taken after the ceremony, before everything else of the account.
   */
  lock(tx: Tx, accountId: string): Promise<void>;
  /** `lock` and `holdEpoch` in one. */
  lockInEpoch(tx: Tx, accountId: string, epoch: number): Promise<boolean>;
  /** True when the account is active with this epoch; locks the row against a rise until the end. */
  holdEpoch(tx: Tx, accountId: string, epoch: number): Promise<boolean>;
  raiseEpoch(tx: Tx, accountId: string): Promise<number>;
  /** Confirms a contact, if it was not yet; false when it is gone. */
  confirmContact(tx: Tx, accountId: string, contactId: string, now: Date): Promise<boolean>;
  /** The password is its owner's own again: no longer bound to the mailbox that reset it. */
  ownPassword(tx: Tx, accountId: string): Promise<void>;
  markUsed(tx: Tx, accountId: string, authenticatorId: string, now: Date): Promise<void>;
}

export interface PendingTarget {
  authenticator: Prover['authenticators'][number];
  contact: Prover['contacts'][number] | null;
}

export interface AccessEvent {
  accountId: string;
  kind: string;
  outcome: 'success' | 'failure';
  method: string | null;
  clientId: string | null;
}

export interface GateSettings {
  ceremonySeconds: number;
  sessionIdleSeconds: number;
  sessionSeconds: number;
  sessionsPerAccount: number;
  freshSeconds: number;
}

/** Everything the gate stands on. */
export interface Gate {
  clock: Clock;
  keyring: Keyring;
  limits: Limits;
  methods: MethodTable;
  factors: ReadonlyMap<string, Factor>;
  accounts: Accounts;
  ceremonies: CeremonyStore;
  challenges: ChallengeStore;
  attempts: AttemptStore;
  sessions: SessionStore;
  operations: OperationStore;
  devices: DeviceStore;
  settings: GateSettings;
  /** Wakes pages and devices that wait for a ceremony. */
  events: Pick<Events, 'wake'>;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For what only reads, or is one statement: each sees what is committed when it begins, as in a transaction. */
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One audit row in the caller's transaction: without it the operation fails. */
  audit(tx: Tx, event: AuditEvent): Promise<void>;
  /** One line of the holder's access history, in the same transaction. */
  access(
    tx: Tx,
    event: AccessEvent,
    presenter: { client: { address: string; userAgent: string } },
  ): Promise<void>;
}
