import type { Level, MethodTable } from '@sigillo/assurance';
import type { AuditEvent, AuditRowOf } from '../platform/audit/audit.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Events } from '../platform/events/events.ts';
import type { ClientInfo } from '../platform/http/client-info.ts';
import type { Keyring } from '../platform/keyring/keyring.ts';
import type { Limits } from '../platform/limits/limits.ts';
import type { DeviceStore } from './devices.ts';
import type { Factor } from './factor.ts';
import type { EmergencyLinkStore, Holdings, HoldStore, Monitoring } from './hold.ts';
import type { Prover, Session, SessionEvidence } from './model.ts';
import type { Operation, Unit } from './operation.ts';
import type { AttemptStore, CeremonyStore, ChallengeStore } from './proving-ports.ts';

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
  /** Other details, and their digest, in the place of those that were read; true for the one caller, while it waits. */
  fillIn(
    tx: Tx,
    operation: Operation,
    after: Pick<Operation, 'details' | 'digest'>,
    now: Date,
  ): Promise<boolean>;
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

/** What an account that was not closed can be. */
export type Standing = Exclude<Prover['status'], 'closed'>;

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
  /** `lock` and `holdEpoch` in one. @param status what the account must be; active unless told otherwise */
  lockInEpoch(tx: Tx, accountId: string, epoch: number, status?: Standing): Promise<boolean>;
  /** True when the account is active with this epoch; locks the row against a rise until the end. */
  holdEpoch(tx: Tx, accountId: string, epoch: number): Promise<boolean>;
  raiseEpoch(tx: Tx, accountId: string): Promise<number>;
  /** Closed for good, with the epoch raised; false when it is already. */
  close(tx: Tx, accountId: string): Promise<boolean>;
  /** Suspended, or active again, with the epoch raised; never an account that was closed: false then. */
  setStanding(tx: Tx, accountId: string, status: Standing): Promise<boolean>;
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

/** Something that a holder was told of. */
export interface KeptNotice {
  accountId: string;
  id: string;
  /** The template that says it. */
  kind: string;
  params: Readonly<Record<string, string>>;
  at: Date;
  seenAt: Date | null;
}

/** What the apps of an account show of what happened. */
export interface NoticeStore {
  insert(tx: Tx, notice: Omit<KeptNotice, 'seenAt'>): Promise<void>;
  /** The newest first. */
  list(tx: Tx, accountId: string, since: Date, limit: number): Promise<KeptNotice[]>;
  /** All up to this one were shown. */
  markSeen(tx: Tx, accountId: string, upToId: string, now: Date): Promise<void>;
}

/** A line of the access history, beside what its audit event says: account, time, browser. */
export interface AccessLine {
  /** The purpose of a ceremony, what an app was asked, or `single-sign-on`. */
  kind: string;
  outcome: 'success' | 'failure';
  method: string | null;
  /** What was proven; of a failure, what was asked for. */
  level: Level | null;
  /** The relying party; null for pages of the installation itself. */
  clientId: string | null;
}

export interface GateSettings {
  ceremonySeconds: number;
  sessionIdleSeconds: number;
  sessionSeconds: number;
  sessionsPerAccount: number;
  freshSeconds: number;
  monitoring: Monitoring;
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
  notices: NoticeStore;
  holds: HoldStore;
  emergencyLinks: EmergencyLinkStore;
  /** What rests together with its account. */
  holdings: Holdings;
  settings: GateSettings;
  /** Wakes pages and devices that wait for a ceremony. */
  events: Pick<Events, 'wake'>;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For what only reads, or is one statement: each sees what is committed when it begins, as in a transaction. */
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** How a relying party is called. */
  nameOfClient(tx: Tx, clientId: string): Promise<{ it: string; en: string } | undefined>;
  /** One audit row in the caller's transaction: without it the operation fails. */
  audit(tx: Tx, event: AuditEvent, as?: AuditRowOf): Promise<void>;
  /** What the account holds was used by whoever was admitted, in the same transaction. */
  noteUse(tx: Tx, accountId: string): Promise<void>;
  /**
   * One audit row and the line of its holder's access history that it commits to, under one id. The last thing of its
   * transaction, as far as can be: the line is counted, and who comes behind waits for the count.
   */
  access(tx: Tx, event: AuditEvent & { client: ClientInfo }, line: AccessLine): Promise<void>;
  /** Whether the history has an access to a service since then that went well. */
  hasAccessSince(tx: Tx, accountId: string, clientId: string, since: Date): Promise<boolean>;
}
