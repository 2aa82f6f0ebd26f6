import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { quickFolder } from '../../../../../../tests/setup/quick-folder.ts';
import type { DatabaseAddress } from '../database.ts';
import { processIdentity } from './process-identity.ts';
import { canReach, parseAccounts, type SystemAccount } from './system-account.ts';

const OWNER = fileURLToPath(new URL('./database-owner.fixture.ts', import.meta.url));

/** A Node process and the PostgreSQL it owns. */
export interface Owner {
  node: ChildProcess;
  pid: number;
  address: DatabaseAddress;
  lines: string[];
  /** Sends a signal to Node and waits until Node has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

interface User {
  name: string;
  /** Undefined when it is the user who runs the tests. */
  account?: SystemAccount;
  /** It cannot run our code from where the checkout is. */
  isShutOut?: boolean;
}

/** Whom to run as: ourselves and, when we are root, an ordinary user too. */
export async function usersToTry(): Promise<User[]> {
  if (process.getuid?.() !== 0) return [{ name: 'an ordinary user' }];
  const accounts = parseAccounts(await readFile('/etc/passwd', 'utf8'));
  const account = accounts.find(({ name }) => name === 'nobody');
  const needed = [process.execPath, dirname(OWNER)];
  const canRun = account && (await Promise.all(needed.map((path) => canReach(account, path)))).every(Boolean);
  const ordinary = canRun
    ? { name: 'an ordinary user', account }
    : { name: 'an ordinary user (needs a checkout that others may enter)', isShutOut: true };
  return [{ name: 'root' }, ordinary];
}

/** A fresh folder that everybody may pass through. */
export async function newOpenFolder(): Promise<string> {
  const folder = await mkdtemp(join(await quickFolder(), 'sigillo-embedded-'));
  await chmod(folder, 0o711);
  return folder;
}

/**
 * Starts a Node process that owns the database of a data directory.
 *
 * @throws Error with what it wrote when it ends before the database runs
 */
export async function own(
  dataDirectory: string,
  account?: SystemAccount,
  postgresBin = process.env.SIGILLO_POSTGRES_BIN ?? '',
): Promise<Owner> {
  const node = spawn(process.execPath, [OWNER, dataDirectory, postgresBin], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  const lines: string[] = [];
  const ended = new Promise<void>((resolve) => node.on('close', () => resolve()));
  createInterface(node.stderr).on('line', (line) => lines.push(line));

  const started = new Promise<{ address: DatabaseAddress; pid: number }>((resolve, reject) => {
    createInterface(node.stdout).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line));
      else lines.push(line);
    });
    ended.then(() => reject(new Error(lines.join('\n'))));
  });
  const end = async (signal: NodeJS.Signals) => {
    node.kill(signal);
    await ended;
  };
  return { ...(await started), node, lines, end };
}

/** Runs one statement on a connection of its own. */
export async function query(address: DatabaseAddress, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Waits until a condition holds; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Waits until a process has ended. */
export function gone(pid: number): Promise<void> {
  return until(async () => (await processIdentity(pid)) === undefined);
}
