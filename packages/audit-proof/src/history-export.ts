import type { Access } from './access.ts';

/** The first words of a file of the access history. */
export const HISTORY_FORMAT = 'sigillo-access-history-1';

/** How a line is shown to stand in the sealed audit. Hashes and salt are base64url. */
export interface LineProof {
  state: 'sealed';
  salt: string;
  /** SHA-256 of the body of the audit row. */
  bodyHash: string;
  /** Number of the block that took the row in, and the row's place in it, counted from zero. */
  block: number;
  index: number;
  /** From the leaf upwards (RFC 9162 §2.1.3.1). */
  path: string[];
}

export interface ExportedAccess extends Access {
  /** Of the line, and of its audit row. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** What the service is called; not part of what is proven. */
  serviceName: { it: string; en: string } | null;
  /** `pending`: not sealed yet. `none`: written before lines were bound to the audit. */
  proof: LineProof | { state: 'pending' } | { state: 'none' };
}

/** A block of the audit, with the checkpoint that was signed when it was made, where one was. */
export interface ExportedBlock {
  number: number;
  previousHash: string;
  first: number;
  count: number;
  merkleRoot: string;
  /** ISO 8601. */
  sealedAt: string;
  discontinuity: string | null;
  checkpoint: string | null;
}

/** A file of the access history. Its last member is the seal, over every byte before it. */
export interface HistoryExport {
  format: typeof HISTORY_FORMAT;
  issuer: string;
  account: string;
  exportedAt: string;
  filter: { from: string | null; to: string | null; outcome: string | null; service: string | null };
  accesses: ExportedAccess[];
  blocks: ExportedBlock[];
  seal: string;
}
