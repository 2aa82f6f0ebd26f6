import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hooks } from './http-browser.ts';
import { ROOT } from './program.ts';
import { COMPILED, freePort, urlOf } from './server.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

/** A product of a test file's own: server, portals, database; and the hooks by which a test sees its messages. */
export interface Product {
  issuer: string;
  care: string;
  claims: string;
  /** Where the authenticator app is. */
  authenticator: string;
  database: TestDatabase;
  dev: ReturnType<typeof hooks>;
  output(): string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts one on free ports, with the portals registered under them. Takes a second or two. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'sigillo-product-'));
  const [port, carePort, claimsPort] = [await freePort(), await freePort(), await freePort()];
  const authenticatorPort = await freePort();
  const clientsFile = join(folder, 'relying-parties.json');
  const registered = await readFile(join(ROOT, 'apps/demo/relying-parties.json'), 'utf8');
  const moved = registered.replaceAll(':8082', `:${carePort}`).replaceAll(':8083', `:${claimsPort}`);
  await writeFile(clientsFile, moved);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'product-process.ts')], {
    cwd: ROOT,
    // It ends when this pipe does: with whoever started it, however that ended.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...COMPILED,
      SIGILLO_PROFILE: 'test',
      SIGILLO_PORT: String(port),
      SIGILLO_ISSUER: `http://localhost:${port}`,
      SIGILLO_AUTHENTICATOR_PORT: String(authenticatorPort),
      SIGILLO_DATA_DIRECTORY: folder,
      SIGILLO_MASTER_KEY: randomBytes(32).toString('base64url'),
      SIGILLO_CLIENTS_FILE: clientsFile,
      SIGILLO_SUPPORT_MAILBOX: 'help@example.org',
      DATABASE_URL: urlOf(database.address),
      CARE_PORT: String(carePort),
      CLAIMS_PORT: String(claimsPort),
      ...env,
    },
  });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const { issuer, care, claims } = await firstLine(child, () => output);
  return {
    issuer,
    care,
    claims,
    authenticator: `http://localhost:${authenticatorPort}`,
    database,
    dev: hooks(issuer),
    output: () => output,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function firstLine(
  child: ChildProcess,
  errors: () => string,
): Promise<{ issuer: string; care: string; claims: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(JSON.parse(text));
    });
    child.once('exit', () => reject(new Error(`the product ended at start:\n${errors()}`)));
  });
}
