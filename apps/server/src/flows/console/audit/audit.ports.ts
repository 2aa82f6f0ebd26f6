import type { AuditWindow, BrowsedRecord } from '../../../platform/audit/browse-audit.ts';
import type { Fault, Verified } from '../../../platform/audit/verify.ts';
import type { Tx } from '../../../platform/database/database.ts';

/** The last block, and what was published of it. */
export interface ChainState {
  block: number;
  records: number;
  sealedAt: Date | null;
  pending: number;
  discontinuities: { block: number; at: Date }[];
  published: { block: number; records: number } | null;
}

/** The last time that everything was computed again. */
export interface AuditCheck {
  id: string;
  operatorId: string;
  startedAt: Date;
  seenAt: Date;
  finishedAt: Date | null;
  blocks: number;
  blocksInAll: number;
  outcome: CheckOutcome | null;
}

export type CheckOutcome =
  | {
      kind: 'done';
      blocks: number;
      records: number;
      pending: number;
      lost: Verified['lost'];
      faults: Fault[];
      /** Where there were more than are kept. */
      faultsInAll: number;
    }
  | { kind: 'failed' };

export interface AuditChecks {
  last(tx: Tx): Promise<AuditCheck | undefined>;
  /** Takes the place of the last one; false while that one is under way, and its node alive. */
  begin(tx: Tx, check: AuditCheck, deadSince: Date): Promise<boolean>;
  progress(tx: Tx, id: string, blocks: number, now: Date): Promise<void>;
  finish(tx: Tx, id: string, blocks: number, outcome: CheckOutcome, now: Date): Promise<void>;
}

/** The record as auditors read it. */
export interface AuditReader {
  browse(window: AuditWindow, most: number): Promise<BrowsedRecord[]>;
  state(): Promise<ChainState>;
  /** @throws when what was published cannot be read */
  verify(passed: (blocks: number) => void): Promise<Verified>;
}
