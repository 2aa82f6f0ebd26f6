import type { Tx } from '../platform/database/database.ts';
import type { Case, CaseEvent, CaseFile, CaseKind, CaseState } from './case.ts';

type Key = Pick<Case, 'subjectId' | 'id'>;

/** Where cases are kept. */
export interface Cases {
  insert(tx: Tx, one: Case, files: readonly CaseFile[]): Promise<void>;
  find(tx: Tx, key: Key): Promise<Case | undefined>;
  /** The same, locked against every other change until the transaction is over. */
  hold(tx: Tx, key: Key): Promise<Case | undefined>;
  /** Those of a state: open ones oldest first, others newest first. */
  list(tx: Tx, wanted: { state: CaseState; kinds: readonly CaseKind[]; limit: number }): Promise<Case[]>;
  countOpen(tx: Tx, kinds: readonly CaseKind[]): Promise<{ kind: CaseKind; count: number }[]>;
  ofSubject(tx: Tx, subjectId: string, kind: CaseKind): Promise<Case[]>;
  /** Puts an operator at a case, or takes whoever is at it away. */
  lock(tx: Tx, key: Key, by: string | null, until: Date | null): Promise<void>;
  /** Notes what a first operator approved; the case is free for the second. */
  approvedFirst(tx: Tx, key: Key, operationId: string, by: string): Promise<void>;
  /** Open → decided; true for the one caller that did. */
  close(tx: Tx, key: Key, state: Exclude<CaseState, 'open'>, at: Date): Promise<boolean>;
  note(tx: Tx, key: Key, event: CaseEvent): Promise<void>;
  events(tx: Tx, key: Key): Promise<CaseEvent[]>;
  /** What there is of files, without their content. */
  parts(tx: Tx, key: Key): Promise<{ part: string; mediaType: CaseFile['mediaType'] }[]>;
  file(tx: Tx, key: Key, part: string): Promise<CaseFile | undefined>;
  /** Puts a file aside for a case that its holder has not handed in yet; in place of an earlier one. */
  putAside(tx: Tx, accountId: string, file: CaseFile, at: Date, forgetAt: Date): Promise<void>;
  /** What was put aside, which is not there any more then. */
  takeAside(tx: Tx, accountId: string): Promise<CaseFile[]>;
  /** Destroys what was handed in. */
  forgetFiles(tx: Tx, key: Key): Promise<void>;
  /** Says when what was handed in is destroyed. */
  forgetFilesAt(tx: Tx, key: Key, at: Date): Promise<void>;
  /** Destroys what was put aside and never handed in, and whatever else was not to be kept for longer. */
  forgetDueFiles(tx: Tx, now: Date): Promise<void>;
  /** Destroys every case about an identity, with all that was said and handed in. */
  forgetAbout(tx: Tx, subjectId: string, identityId: string): Promise<void>;
}
