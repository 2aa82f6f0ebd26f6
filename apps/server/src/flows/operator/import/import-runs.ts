import type { Db, Tx } from '../../../platform/database/database.ts';

/** Remembers how far each file has been imported, by the SHA-256 of its bytes. */
export interface ImportRuns {
  /** Records dealt with so far; 0 for a file never seen. */
  recordsDone(db: Db, digest: Buffer): Promise<number>;
  /** Moves on from where we think the file stands; false when it stands elsewhere: somebody else imports it. */
  advance(tx: Tx, digest: Buffer, step: { from: number; to: number; at: Date }): Promise<boolean>;
}
