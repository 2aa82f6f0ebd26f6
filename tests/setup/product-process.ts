/**
 * A whole product in one process, for browser journeys: the server in the test profile and both demonstration
 * portals, whose clock the development hooks move together. Says one line of JSON when it is ready.
 */
import { computerNowMs, setClockOffset } from '../../apps/server/src/platform/clock/shift-date.ts';

const { startNode } = await import('../../apps/server/src/main.ts');
const { readConfig } = await import('../../apps/server/src/platform/config/config.ts');
const { openLog } = await import('../../apps/server/src/platform/log/log.ts');
const { startCustomerCare } = await import('@sigillo/demo/customer-care');
const { startClaims } = await import('@sigillo/demo/claims');

const config = readConfig(process.env);
const log = openLog(config.logLevel, (line) => process.stderr.write(line));
const node = await startNode(config, { log, say: () => undefined, setClockOffset, computerNowMs });
const { issuer } = config;
const care = await startCustomerCare({ issuer, port: Number(process.env.CARE_PORT) });
const claims = await startClaims({ issuer, port: Number(process.env.CLAIMS_PORT) });
process.stdout.write(`${JSON.stringify({ issuer, care: care.url, claims: claims.url })}\n`);

const end = async () => {
  await claims.close();
  await care.close();
  await node.close();
  process.exit();
};
process.once('SIGTERM', end);
process.stdin.once('end', end).resume();
