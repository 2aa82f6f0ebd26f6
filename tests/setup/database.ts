import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect, type DatabaseAddress } from '../../apps/server/src/platform/database/database.ts';
import { startEmbeddedDatabase } from '../../apps/server/src/platform/database/embedded/embedded-database.ts';
import { clearLeftovers } from '../../apps/server/src/platform/database/embedded/leftover.ts';
import { isAlive } from '../../apps/server/src/platform/database/embedded/process-identity.ts';
import { migrate } from '../../apps/server/src/platform/database/migrate.ts';
import { keepPartitions } from '../../apps/server/src/platform/database/partitions.ts';
import { quickFolder } from './quick-folder.ts';
import { administer, type TemplateDatabase, withDatabase } from './template-database.ts';

/** Of each worker, several nodes and those who watch them, and idle connections of what is over: two hundred were seen. */
const MAX_CONNECTIONS = 400;

const PREFIX = 'sigillo-test-';

/** A PostgreSQL with a migrated database to clone, until it is stopped. */
export interface TemplateServer {
  template: TemplateDatabase;
  /** The process, where it is one of ours. */
  pid?: number;
  stop(): Promise<void>;
}

interface Server {
  address: DatabaseAddress;
  pid?: number;
  stop(): Promise<void>;
}

/**
 * Prepares one PostgreSQL for a run of tests, with a migrated database that `testDatabase` clones: our own
 * (of SIGILLO_POSTGRES_BIN if set) in a fresh folder, or the one that TEST_DATABASE_URL names, as a user who
 * may create databases.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.TEST_DATABASE_URL;
  const given = url && { address: { connectionString: url }, stop: async () => undefined };
  const server = await withTemplate(given || (await startServer(await quickFolder())));
  project.provide('templateDatabase', server.template);
  return server.stop;
}

/**
 * The same on a PostgreSQL of our own, for what runs by itself.
 *
 * @param parent the folder in which its files are made
 */
export const startTemplateServer = async (parent: string): Promise<TemplateServer> =>
  withTemplate(await startServer(parent));

async function withTemplate(server: Server): Promise<TemplateServer> {
  const template = { address: server.address, name: `sigillo_template_${randomBytes(4).toString('hex')}` };
  await administer(server.address, `create database ${template.name}`);
  await migrateTemplate(template);
  return {
    ...server,
    template,
    stop: async () => {
      await administer(server.address, `drop database ${template.name}`);
      await server.stop();
    },
  };
}

async function startServer(parent: string): Promise<Server> {
  await sweep(parent);
  const folder = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
  await chmod(folder, 0o711); // root's PostgreSQL runs as another account, which must get in
  const postgresBin = process.env.SIGILLO_POSTGRES_BIN;
  const server = await startEmbeddedDatabase({
    dataDirectory: folder,
    log: (line) => console.warn(line),
    maxConnections: MAX_CONNECTIONS,
    ...(postgresBin && { postgresBin }),
  });
  return {
    address: server.address,
    pid: server.pid,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Stops and removes the databases of runs that were killed. */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    await clearLeftovers(join(parent, name, 'postgres/cluster'), 'pg_ctl', () => undefined);
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function migrateTemplate(template: TemplateDatabase): Promise<void> {
  const db = connect(withDatabase(template.address, template.name), { poolSize: 1, onError: console.error });
  await migrate(db, Date.now());
  // Every node that starts would make them otherwise, in every copy.
  await keepPartitions(db, Date.now());
  await db.destroy();
  // A database is cloned only while nobody is connected to it, and a background process counts.
  await administer(template.address, `alter database ${template.name} allow_connections false`);
}
