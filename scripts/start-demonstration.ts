import { startClaims } from '@sigillo/demo/claims';
import { startCustomerCare } from '@sigillo/demo/customer-care';
import {
  type SeededPerson,
  seedDemonstration,
} from '../apps/server/src/flows/operator/seed/seed-demonstration.ts';
import { seededLines } from '../apps/server/src/flows/operator/seed/seeded-lines.ts';
import { startNode } from '../apps/server/src/main.ts';
import { type Config, readConfig } from '../apps/server/src/platform/config/config.ts';
import { openLog } from '../apps/server/src/platform/log/log.ts';
import { StartRefused } from '../apps/server/src/platform/start-refused.ts';

interface Ports {
  say(line: string): void;
  setClockOffset(ms: number): void;
  computerNowMs(): number;
}

/** Starts the server, the demonstration accounts and the two portals, and says where they are. */
export async function startDemonstration({ say, ...clock }: Ports): Promise<void> {
  const startedMs = performance.now();
  const closing: (() => Promise<void>)[] = [];
  const stop = stopOnce(closing, say);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const config = readConfig(process.env);
    say(config.database.url ? 'Opening the database of DATABASE_URL …' : 'Starting the database …');
    const node = await startNode(config, { log: openLog(config.logLevel), say, ...clock });
    closing.push(node.close);
    const people = config.demonstrationData ? await seedDemonstration(node.platform) : [];
    say('Starting the demonstration portals …');
    const issuer = config.issuer;
    const care = await startCustomerCare({ issuer });
    closing.push(care.close);
    const claims = await startClaims({ issuer });
    closing.push(claims.close);
    announce(config, [care.url, claims.url], people, performance.now() - startedMs);
  } catch (error) {
    console.error(`\n${reasonOf(error)}\n`);
    process.exitCode = 1;
    await stop();
  }
}

function announce(config: Config, [care, claims]: string[], people: SeededPerson[], ms: number): void {
  const { issuer, authenticator } = config;
  console.log(`
Ready after ${(ms / 1000).toFixed(1)} s. Open one of these:

  Claims portal      ${claims}     asks for a second factor
  Customer Care      ${care}     is content with a password
  My account         ${issuer}/account
  SelfCare           ${issuer}/selfcare     the digital identity and its history
  Authenticator app  ${authenticator.origin ?? 'not served here'}     scan to sign in, approve, codes offline
  Messages and clock ${issuer}/dev     every e-mail and SMS that was sent
  API                ${issuer}/docs

Demonstration accounts (or register your own):
`);
  for (const line of seededLines(people)) console.log(line && `  ${line}`);
  console.log('\nCtrl-C stops everything; what was stored is kept.\n');
}

/** Ends in reverse order, once, however often Ctrl-C is pressed. */
function stopOnce(closing: (() => Promise<void>)[], say: (line: string) => void): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const run = async () => {
    if (closing.length > 0) say('Stopping …');
    for (const close of closing.reverse()) await close();
    process.exit();
  };
  return () => {
    stopping ??= run();
    return stopping;
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof StartRefused) return error.message;
  // One of the demonstration portals; the server itself says so by StartRefused.
  if (error instanceof Error && 'code' in error && 'port' in error && error.code === 'EADDRINUSE')
    return `Port ${error.port} is taken by another program. End it, then start again.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
