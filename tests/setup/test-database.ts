import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connect, type DatabaseAddress, type Db } from '../../apps/server/src/platform/database/database.ts';
import { administer, withDatabase } from './template-database.ts';

/** Enough for sixteen that race and those who watch them. */
const POOL_SIZE = 20;

/** A database that belongs to one test file. */
export interface TestDatabase {
  db: Db;
  address: DatabaseAddress;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Clones the migrated template, in tens of milliseconds. In a file of the integration project:
 *
 *     let database: TestDatabase;
 *     beforeAll(async () => { database = await testDatabase(); });
 *     afterAll(() => database[Symbol.asyncDispose]());
 *
 * or, for one test, `await using database = await testDatabase();`
 *
 * @param template another one than that of the run of tests
 */
export async function testDatabase(template = inject('templateDatabase')): Promise<TestDatabase> {
  const name = `sigillo_test_${randomBytes(6).toString('hex')}`;
  await administer(template.address, `create database ${name} template ${template.name}`);

  const address = withDatabase(template.address, name);
  const db = connect(address, { poolSize: POOL_SIZE, onError: () => undefined });
  return {
    db,
    address,
    [Symbol.asyncDispose]: async () => {
      await db.destroy();
      await administer(template.address, `drop database ${name} with (force)`);
    },
  };
}
