import type { Tx } from '../platform/database/database.ts';

/** What an operator may do; one may have several. */
export const ROLES = ['reviewer', 'help-desk', 'auditor', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Somebody who works in the console. */
export interface Operator {
  accountId: string;
  /** What colleagues read beside a decision; empty until the invitation is taken up. */
  name: string;
  state: 'invited' | 'active' | 'removed';
  roles: readonly Role[];
  /** Null for who was invited from the command line. */
  invitedBy: string | null;
  createdAt: Date;
}

/** Where operators are kept. */
export interface Operators {
  insert(tx: Tx, operator: Operator): Promise<void>;
  find(tx: Tx, accountId: string): Promise<Operator | undefined>;
  /** The same, locked against every change until the transaction is over. */
  hold(tx: Tx, accountId: string): Promise<Operator | undefined>;
  /** Everybody, removed ones too; the newest last. */
  list(tx: Tx): Promise<Operator[]>;
  setRoles(tx: Tx, accountId: string, roles: readonly Role[]): Promise<void>;
  activate(tx: Tx, accountId: string, name: string): Promise<void>;
  /** Invited again, with these roles: what they had opens nothing until the new invitation is taken up. */
  reinvite(tx: Tx, accountId: string, by: string | null): Promise<void>;
  remove(tx: Tx, accountId: string): Promise<void>;
  /** Lets one change of who administrates on at a time; the active administrators. */
  lockAdministrators(tx: Tx): Promise<string[]>;
}

/** Whether an operator may do what one of these roles may. */
export const mayAct = ({ state, roles }: Operator, wanted: readonly Role[]): boolean =>
  state === 'active' && roles.some((role) => wanted.includes(role));
