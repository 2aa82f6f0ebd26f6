import type { Access } from '@sigillo/audit-proof';
import type { Tx } from '../../../platform/database/database.ts';

/** Which lines are wanted; null for all. */
export interface HistoryFilter {
  /** From then on. */
  from: Date | null;
  /** Before then. */
  to: Date | null;
  outcome: 'success' | 'failure' | null;
  /** Client id; empty for the pages of the installation itself. */
  service: string | null;
}

/** One line of the access history; its id is that of its audit row. */
export interface Line extends Access {
  id: string;
  at: Date;
  /** Goes into what the audit row commits to; null of lines from before there was any. */
  salt: Buffer | null;
}

/** How many lines there are of a month, service and outcome. */
export interface Count {
  /** Begin of the month (UTC), Unix milliseconds. */
  monthMs: number;
  clientId: string;
  outcome: 'success' | 'failure';
  lines: number;
  lastAt: Date;
}

export interface AccessHistory {
  /** The newest lines before one, or of all. @param before id of a line */
  page(
    tx: Tx,
    accountId: string,
    filter: HistoryFilter,
    range: { before: string | null; limit: number },
  ): Promise<Line[]>;
  /** The oldest month first. */
  counts(tx: Tx, accountId: string): Promise<Count[]>;
}
