import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseAddress } from '../../apps/server/src/platform/database/database.ts';
import { program, ROOT, SOURCES } from './program.ts';
import type { TemplateDatabase } from './template-database.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

const START_TIMEOUT_MS = 30_000;

/** One real server process on a test database. */
export interface TestServer {
  /** The issuer: what browsers and relying parties use. Several nodes share the first one's. */
  issuer: string;
  /** This node's own address. */
  url: string;
  process: ChildProcess;
  /** Everything it wrote, for messages of failing tests and for canary scans. */
  output(): string;
  /** Stops it cleanly. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface TestInstallation {
  database: TestDatabase;
  nodes: TestServer[];
  /** The first node. */
  server: TestServer;
  /** Starts one more node on the same database. */
  addNode(): Promise<TestServer>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** `postgres://` form of an address that may be a socket folder. */
export function urlOf({ connectionString, host, port, user, database }: DatabaseAddress): string {
  if (connectionString) return connectionString;
  const query = new URLSearchParams({ host: host ?? 'localhost', ...(port ? { port: String(port) } : {}) });
  return `postgres://${user}@localhost/${database}?${query}`;
}

/** Below the range from which systems take ports for outgoing connections: what is free now stays free. */
const PORTS = { from: 20_000, count: 12_000 };

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + randomInt(PORTS.count);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * Starts real server processes on a database of their own, in the test profile: development hooks, addresses
 * of clients taken from X-Forwarded-For.
 *
 * @param env more settings
 * @param template what its database is cloned from, where no run of tests provides one; the sources are started
 */
export async function testInstallation(
  nodes = 1,
  env: Record<string, string> = {},
  template?: TemplateDatabase,
): Promise<TestInstallation> {
  const database = await testDatabase(template);
  const cli = template ? SOURCES : program();
  const folder = await mkdtemp(join(tmpdir(), 'sigillo-node-'));
  const port = await freePort();
  const shared = {
    SIGILLO_PROFILE: 'test',
    SIGILLO_ISSUER: `http://localhost:${port}`,
    SIGILLO_DATA_DIRECTORY: folder,
    SIGILLO_MASTER_KEY: randomBytes(32).toString('base64url'),
    SIGILLO_TRUSTED_PROXIES: '127.0.0.1,::1',
    SIGILLO_CLIENTS_FILE: join(ROOT, 'apps/demo/relying-parties.json'),
    SIGILLO_AUTHENTICATOR_ORIGIN: 'http://localhost:8081',
    SIGILLO_SUPPORT_MAILBOX: 'help@example.org',
    DATABASE_URL: urlOf(database.address),
    ...env,
  };
  const started: TestServer[] = [await startServer(cli, port, shared)];
  const addNode = async () => {
    const node = await startServer(cli, await freePort(), shared);
    started.push(node);
    return node;
  };
  while (started.length < nodes) await addNode();
  return {
    database,
    nodes: started,
    server: started[0]!,
    addNode,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(started.map((node) => node.stop()));
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What Node compiled is kept for the next of many processes: half of the time that one takes to start. */
export const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/sigillo/compiled') };

/** As in the first line of cli.ts, which only the system reads. */
const FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=40'];
const END_WITH_PARENT = ['--import', join(import.meta.dirname, 'end-with-parent.ts')];

/** Starts `sigillo serve` and waits until it is ready. */
async function startServer(cli: string, port: number, env: Record<string, string>): Promise<TestServer> {
  const child = spawn(
    process.execPath,
    [...FLAGS, ...END_WITH_PARENT, cli, 'serve', '--port', String(port)],
    {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...COMPILED, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  const url = `http://localhost:${port}`;
  await waitUntilReady(url, child, () => output);
  return {
    issuer: env.SIGILLO_ISSUER ?? url,
    url,
    process: child,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

async function waitUntilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended at start:\n${output()}`);
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`the server was not ready in time:\n${output()}`);
}
