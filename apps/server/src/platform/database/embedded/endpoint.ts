import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseAddress } from '../database.ts';
import type { SystemAccount } from './system-account.ts';

/** Where one server listens, as its settings and as the address of its clients. */
export interface Endpoint {
  settings: Record<string, string>;
  address(database: string): DatabaseAddress;
  /** Removes what a dead server left there; to be called while none runs. */
  clear(): Promise<void>;
}

/** The superuser of the cluster; its only user. */
export const DATABASE_USER = 'sigillo';

const SOCKET_NAME = '.s.PGSQL.5432';

/** What `sun_path` of unix(7) holds besides its final zero; shorter on the systems that come from BSD. */
const SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103;

/**
 * A Unix socket in a folder that only the account of the database may enter, which is why nobody is asked
 * for a password there. The folder is inside `home`, or a short one elsewhere when that path is too long.
 */
export async function socketEndpoint(home: string, account: SystemAccount | undefined): Promise<Endpoint> {
  const folder = await socketFolder(home, account);
  return {
    settings: {
      listen_addresses: '',
      // A list: quotes keep a comma in the path from ending it.
      unix_socket_directories: `"${folder.replaceAll('"', '""')}"`,
      unix_socket_permissions: '0700',
    },
    address: (database) => ({ host: folder, user: DATABASE_USER, database }),
    clear: async () => {
      await rm(join(folder, SOCKET_NAME), { force: true });
      await rm(join(folder, `${SOCKET_NAME}.lock`), { force: true });
    },
  };
}

/** A free port of the loopback interface, with a password: for Windows, which has no such sockets. */
export async function loopbackEndpoint(password: string): Promise<Endpoint> {
  const port = await freePort();
  return {
    settings: { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' },
    address: (database) => ({
      connectionString: `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`,
    }),
    clear: async () => undefined,
  };
}

async function socketFolder(home: string, account: SystemAccount | undefined): Promise<string> {
  const name = `sigillo-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`;
  const candidates = [join(home, 'socket'), join(tmpdir(), name), join('/tmp', name)];
  for (const folder of candidates) {
    if (fits(folder) && (await ownFolder(folder, account))) return folder;
  }
  const folder = await mkdtemp('/tmp/sigillo-');
  await ownFolder(folder, account);
  return folder;
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= SOCKET_PATH_BYTES;
}

/**
 * Makes a folder of mode 0700 for the account, or finds the one made earlier. False when a folder, or a link,
 * of somebody else is there: in a shared folder anybody may have made it first.
 */
async function ownFolder(folder: string, account: SystemAccount | undefined): Promise<boolean> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(folder);
  if (!found.isDirectory() || (found.mode & 0o077) !== 0) return false;
  // Only what is ours is given away: nobody else can put something in its place meanwhile.
  const isOurs = found.uid === process.getuid?.();
  if (isOurs && account) await chown(folder, account.uid, account.gid);
  return isOurs || found.uid === account?.uid;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
