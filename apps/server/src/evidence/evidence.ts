import type { Day } from '@sigillo/identity';
import type { MediaType } from '../cases/case.ts';
import type { Tx } from '../platform/database/database.ts';

/** Something by which it can be shown how an identity came to be, lived and ended. */
export interface EvidenceItem {
  /** Names it among those of its account. */
  ref: string;
  /** Null where it belongs to the account alone. */
  identityId: string | null;
  /** What was decided and became of an identity, its contract, a document or form that was handed in, accesses. */
  kind: 'record' | 'contract' | 'case-file' | 'access-log';
  /** As a file is called, without its ending. */
  name: string;
  mediaType: MediaType | 'application/json';
  /** The last day on which it is kept; null while its identity is not revoked. */
  endsOn: Day | null;
}

export interface OpenedEvidence extends EvidenceItem {
  content: Buffer;
}

/** What an auditor knows of somebody whose evidence is wanted: whole, never a part of it. */
export const EVIDENCE_BY = ['spid-code', 'fiscal-number', 'account'] as const;
export type EvidenceBy = (typeof EVIDENCE_BY)[number];

/** Finding accounts that hold or held an identity, also when they are erased. */
export interface EvidenceSearch {
  find(tx: Tx, by: EvidenceBy, value: string, most: number): Promise<string[]>;
}

/** Evidence whose account was erased: kept apart, sealed, until its last day. */
export interface KeptEvidence {
  keep(tx: Tx, accountId: string, item: EvidenceToKeep, at: Date): Promise<void>;
  list(tx: Tx, accountId: string): Promise<EvidenceItem[]>;
  open(tx: Tx, accountId: string, ref: string): Promise<OpenedEvidence | undefined>;
  /** Deletes what need not be kept any longer. */
  forget(tx: Tx, today: Day): Promise<void>;
}

/** With the ground on which it is kept, as docs/operations/privacy.md has it. */
export type EvidenceToKeep = Omit<OpenedEvidence, 'ref' | 'endsOn'> & { endsOn: Day; ground: string };
