import type { ExportedBlock } from '@sigillo/audit-proof';
import type { Tx } from '../../../platform/database/database.ts';

/** Where a row of the audit was sealed. */
export interface SealedPlace {
  /** SHA-256 of the row's body. */
  bodyHash: Buffer;
  block: number;
  /** In the block, counted from zero. */
  index: number;
  /** From the leaf to the root of the block. */
  path: Buffer[];
}

export interface AuditProofs {
  /** Number of the newest block whose checkpoint is kept; 0 before the first. */
  newestCheckpoint(tx: Tx): Promise<number>;
  /** By id of the row; of those that are in a block. */
  places(tx: Tx, ids: readonly string[]): Promise<Map<string, SealedPlace>>;
  /** Blocks with those that lead on to a kept checkpoint, in their order. @param after leaves out those up to it */
  blocks(tx: Tx, numbers: readonly number[], after: number): Promise<ExportedBlock[]>;
}

/** Signs what is exported. */
export interface ExportSigner {
  issuer: string;
  sign(seal: { account: string; lines: number; digest: Buffer }): string;
}
