import { sql } from 'kysely';
import type { Tx } from './database.ts';
import type { Tables } from './tables.ts';

type PostgresType = 'bool' | 'bytea' | 'date' | 'int2' | 'int4' | 'int8' | 'text' | 'timestamptz' | 'uuid';

/** The PostgreSQL type of every column of a table. */
export type ColumnTypes<T extends keyof Tables> = { [Column in keyof Tables[T] & string]: PostgresType };

/**
 * Inserts thousands of rows with one statement and one parameter a column, where `values (…), (…)` would need
 * one for each value: PostgreSQL takes 65,535 at most, and spends longer on reading them than on inserting.
 */
export async function insertMany<T extends keyof Tables & string>(
  tx: Tx,
  table: T,
  types: ColumnTypes<T>,
  rows: Tables[T][],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.entries<PostgresType>(types);
  const names = sql.join(columns.map(([column]) => sql.ref(column)));
  const arrays = sql.join(
    columns.map(([column, type]) => {
      const values = rows.map((row) => row[column as keyof Tables[T]]);
      return sql`${values}::${sql.raw(type)}[]`;
    }),
  );
  await sql`insert into ${sql.table(table)} (${names}) select * from unnest(${arrays})`.execute(tx);
}
