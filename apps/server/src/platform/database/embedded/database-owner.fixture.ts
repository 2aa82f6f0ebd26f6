import { startEmbeddedDatabase } from './embedded-database.ts';

/**
 * A Node process that owns a database, for tests that kill it: `node database-owner.fixture.ts <data directory>
 * [<PostgreSQL programs>]`. Writes its log and, as its first line of JSON, the address; SIGTERM stops it
 * properly, SIGHUP makes it fall over an unhandled error.
 */
const [dataDirectory = '', postgresBin] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

const database = await startEmbeddedDatabase({
  dataDirectory,
  log: say,
  ...(postgresBin && { postgresBin }),
});
process.on('SIGTERM', () => database.stop());
process.on('SIGHUP', () => {
  throw new Error('fell over');
});
say(JSON.stringify({ address: database.address, pid: database.pid }));
