import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { program } from '../setup/program.ts';
import { COMPILED, freePort, urlOf } from '../setup/server.ts';
import { type TestDatabase, testDatabase } from '../setup/test-database.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'sigillo-refused-'));
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Starts a node that cannot start; what it says, and how it ends. */
async function refusal(env: Record<string, string>): Promise<{ said: string; code: number | null }> {
  const port = await freePort();
  const child = spawn(process.execPath, [program(), 'serve'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...COMPILED,
      SIGILLO_PROFILE: 'test',
      SIGILLO_PORT: String(port),
      SIGILLO_ISSUER: `http://localhost:${port}`,
      SIGILLO_DATA_DIRECTORY: folder,
      DATABASE_URL: urlOf(database.address),
      ...env,
    },
  });
  let said = '';
  child.stderr.on('data', (piece) => {
    said += piece;
  });
  const [code] = await once(child, 'close');
  return { said: said.trim(), code };
}

test('a port that is taken is said to be so', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  expect(await refusal({ SIGILLO_PORT: port, SIGILLO_ISSUER: `http://localhost:${port}` })).toEqual({
    said: `Port ${port} is taken by another program. End it, or choose another with SIGILLO_PORT.`,
    code: 1,
  });
  other.close();
});

test.each([
  ['nothing listens', () => 'postgres://sigillo@127.0.0.1:1/sigillo', /^No database answers/],
  [
    'there is no such database',
    () => urlOf({ ...database.address, database: 'nobody_made_it' }),
    /^The database server has no database of this name/,
  ],
])('a database that cannot be used, since %s, is said to be so', async (_, url, reason) => {
  const { said, code } = await refusal({ DATABASE_URL: url() });
  expect(said).toMatch(reason);
  expect(said.split('\n')).toHaveLength(1);
  expect(code).toBe(1);
});
