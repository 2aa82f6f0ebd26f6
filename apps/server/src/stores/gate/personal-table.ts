import type { Place } from '../../platform/keyring/sealing.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a table holds about an account, what of it its holder is given, and what becomes of it ([PRV-1], [PRV-2]). */
export interface PersonalTable {
  /** The column that says whose a row is. */
  by: string;
  /** What the holder is given; nothing where it is said why not. */
  exported: readonly string[] | string;
  /** Sealed columns that are given opened, and where each is sealed to. */
  opened?: Readonly<Record<string, (row: Row) => Place>>;
  /** Every other column, and why it is not given. */
  withheld?: Readonly<Record<string, string>>;
  /** Rows are deleted with the account, or it is said why they stay and what they still say. */
  erased: 'deleted' | { stays: string };
}

/** Where a value is sealed to that its account and id name. */
export const inAccount =
  (table: string, column: string) =>
  ({ account_id, id }: Row): Place => ({ table, row: `${account_id}/${id}`, column });
/** The same for its id alone. */
export const byId =
  (table: string, column: string) =>
  ({ id }: Row): Place => ({ table, row: String(id), column });

/** Why columns are not given. */
export const KEYS = 'opens something, or would help to';
export const INNER = 'means something inside this installation only';
export const OVER = 'what is under way: of minutes, and told by access_event and audit afterwards';
