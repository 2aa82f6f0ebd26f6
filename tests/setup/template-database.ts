import { sql } from 'kysely';
import { connect, type DatabaseAddress } from '../../apps/server/src/platform/database/database.ts';

/** A migrated database to clone, on the server of `address`. */
export interface TemplateDatabase {
  address: DatabaseAddress;
  name: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    templateDatabase: TemplateDatabase;
  }
}

/** The address of another database of the same server. */
export function withDatabase(address: DatabaseAddress, database: string): DatabaseAddress {
  if (!address.connectionString) return { ...address, database };
  const url = new URL(address.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

/** Runs one statement on a connection of its own, such as `create database`, which no transaction may hold. */
export async function administer(address: DatabaseAddress, statement: string): Promise<void> {
  const db = connect(address, { poolSize: 1, onError: () => undefined });
  await sql
    .raw(statement)
    .execute(db)
    .finally(() => db.destroy());
}
