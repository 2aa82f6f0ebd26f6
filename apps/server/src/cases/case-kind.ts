import type { NewHold } from '../gate/hold.ts';
import type { Role } from '../gate/operators.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Case, CaseKind } from './case.ts';

/** How cases of a kind are decided, and what follows. */
export interface KindOfCase {
  /** Who sees and decides them. */
  roles: readonly Role[];
  /** How many operators have to accept; one is enough to refuse. */
  approvals: 1 | 2;
  /** What accepting brings about, in the transaction of the last approval; by whom it was approved, in order. */
  accept(tx: Tx, one: Case, by: readonly string[]): Promise<void>;
  /** For what the account may rest until the case is decided, and for how long; of kinds that end an identity. */
  suspends?(one: Case): Pick<NewHold, 'cause' | 'days'>;
  /** @param reason what the operator wrote */
  refuse(tx: Tx, one: Case, by: string, reason: string): Promise<void>;
}

export type KindsOfCase = Readonly<Record<CaseKind, KindOfCase>>;
