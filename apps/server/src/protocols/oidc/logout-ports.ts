import type { Tx } from '../../platform/database/database.ts';

/** A relying party that is to be told that a session ended; by this node alone until `leasedUntil`. */
export interface LogoutNotice {
  accountId: string;
  sessionId: string;
  clientId: string;
  /** The session's name in ID tokens of this relying party. */
  sid: string;
  endedAt: Date;
  attempts: number;
  leasedUntil: Date;
}

export interface DeadLogout {
  clientId: string;
  accountId: string;
  sessionId: string;
  endedAt: Date;
  givenUpAt: Date;
  attempts: number;
  reason: string;
}

/** How much is taken at once. */
export interface LogoutLease {
  now: Date;
  leasedUntil: Date;
  /** At most so many relying parties, so many notices each. */
  parties: number;
  perParty: number;
  /** Relying parties that are being told as much as they may be at once. */
  busy: readonly string[];
}

/** The queue of relying parties to be told. Notices come into it with what ends a session. */
export interface LogoutStore {
  /** Takes notices that are due, of those relying parties first that have waited longest. */
  lease(lease: LogoutLease): Promise<LogoutNotice[]>;
  /** It was told, or need not be any more. */
  done(notice: LogoutNotice): Promise<void>;
  /** To be tried again; changes nothing once the lease was lost. */
  retry(notice: LogoutNotice, dueAt: Date): Promise<void>;
  /** Never tried again; kept for a month to be looked at. Changes nothing once the lease was lost. */
  giveUp(notice: LogoutNotice, reason: string, now: Date): Promise<void>;
  /** What was given up, the latest first. */
  dead(limit: number): Promise<DeadLogout[]>;
  /**
   * Puts what was given up back into the queue, each once, whoever asks.
   *
   * @param clientIds of which relying parties; of all where there are none
   * @param limit at most so many
   * @returns what is told again
   */
  revive(tx: Tx, clientIds: readonly string[], now: Date, limit: number): Promise<DeadLogout[]>;
}
