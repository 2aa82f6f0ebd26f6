import { access, constants, mkdir, realpath } from 'node:fs/promises';
import pg from 'pg';
import type { DatabaseAddress } from '../database.ts';
import { findBinaries, reachableBinaries } from './binaries.ts';
import { ensureCluster, readPassword } from './cluster.ts';
import { lockDirectory } from './directory-lock.ts';
import { type Endpoint, loopbackEndpoint, socketEndpoint } from './endpoint.ts';
import { clearLeftovers } from './leftover.ts';
import { findPlaces, type Places } from './places.ts';
import { MAINTENANCE_DATABASE, startServer } from './server-process.ts';
import { stopServer } from './stop-server.ts';
import { type Supervisor, supervise } from './supervisor.ts';

/** A PostgreSQL of our own. */
export interface EmbeddedDatabase {
  address: DatabaseAddress;
  /** The process that runs now; changes when it had to be started again. */
  readonly pid: number;
  /** Stops PostgreSQL cleanly and frees the data directory. */
  stop(): Promise<void>;
}

interface EmbeddedOptions {
  dataDirectory: string;
  /** Told, a line at a time, what an administrator should know. */
  log(line: string): void;
  /** The folder of a system's PostgreSQL programs; without it, the packaged one runs. */
  postgresBin?: string;
  /** Where a hundred are not enough. */
  maxConnections?: number;
}

const DATABASE = 'sigillo';

/**
 * Starts the PostgreSQL that belongs to a data directory, making it the first time (half a second), and keeps
 * it running until `stop`. README.md in this folder tells the cases it handles.
 *
 * @throws DataDirectoryInUse when another server runs on this data directory
 * @throws Error with what to do when PostgreSQL cannot run here
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  await mkdir(options.dataDirectory, { recursive: true, mode: newDirectoryMode() });
  const dataDirectory = await realpath(options.dataDirectory);
  await refuseUnwritable(dataDirectory);
  const unlock = await lockDirectory(dataDirectory);
  try {
    const { supervisor, endpoint } = await startIn(dataDirectory, options);
    process.on('exit', supervisor.interrupt); // the last that an unhandled error leaves us to do
    return {
      address: endpoint.address(DATABASE),
      get pid() {
        return supervisor.pid;
      },
      stop: async () => {
        await supervisor.stop();
        process.off('exit', supervisor.interrupt);
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function startIn(
  dataDirectory: string,
  { postgresBin, maxConnections, log }: Omit<EmbeddedOptions, 'dataDirectory'>,
): Promise<{ supervisor: Supervisor; endpoint: Endpoint }> {
  const places = await findPlaces(dataDirectory, log);
  const binaries = await reachableBinaries(await findBinaries(postgresBin), places.account, places.home);
  await ensureCluster(places, binaries);
  const endpoint = await endpointOf(places);

  const supervisor = await supervise({
    start: async () => {
      await clearLeftovers(places.cluster, binaries.pgCtl, log);
      await endpoint.clear();
      return startServer(places, binaries, endpoint, maxConnections);
    },
    stop: (pid) => stopServer(pid, places.cluster, binaries.pgCtl),
    log,
  });
  await ensureDatabase(endpoint).catch(async (error) => {
    await supervisor.stop();
    throw error;
  });
  return { supervisor, endpoint };
}

/** Says it before everything else would say it worse: often root ran here first, and now somebody else does. */
async function refuseUnwritable(dataDirectory: string): Promise<void> {
  await access(dataDirectory, constants.R_OK | constants.W_OK).catch((cause) => {
    throw new Error(
      `The data directory ${dataDirectory} belongs to another user; start Sigillo as that user, or name another`,
      { cause },
    );
  });
}

/** Root's PostgreSQL runs as another account, which has to pass through; nobody else has to. */
function newDirectoryMode(): number {
  return process.getuid?.() === 0 ? 0o711 : 0o700;
}

async function endpointOf(places: Places): Promise<Endpoint> {
  return process.platform === 'win32'
    ? loopbackEndpoint(await readPassword(places))
    : socketEndpoint(places.home, places.account);
}

async function ensureDatabase(endpoint: Endpoint): Promise<void> {
  const client = new pg.Client(endpoint.address(MAINTENANCE_DATABASE));
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
