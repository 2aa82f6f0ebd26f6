import { writeFileSync } from 'node:fs';
import { sealerPorts } from './composition/audit.ts';
import { type Site, startAuthenticatorSite } from './composition/authenticator-site.ts';
import { brandRoutes, readBrand } from './composition/brand.ts';
import { mountDevices } from './composition/devices.ts';
import { flowRoutes } from './composition/flows.ts';
import { buildGate, openStores, queueOn } from './composition/gate.ts';
import {
  deliveryFor,
  forgetMessages,
  receiptRoutes,
  rendererFor,
  spendingFor,
} from './composition/messages.ts';
import { openOidc } from './composition/oidc.ts';
import { openPlatform, type Platform, type PlatformPorts } from './composition/platform.ts';
import { portalAssets, portalPage } from './composition/portal-pages.ts';
import { openPush } from './composition/push.ts';
import { loadCommonPasswords } from './factors/password/common-passwords.ts';
import { createHasher } from './factors/password/password-hashing.ts';
import { minPasswordLength } from './factors/password/password-rules.ts';
import { auditSealer } from './platform/audit/sealer.ts';
import { MINUTE_MS } from './platform/clock/clock.ts';
import type { Config } from './platform/config/config.ts';
import { keepPartitions } from './platform/database/partitions.ts';
import { devRoutes } from './platform/dev/dev.route.ts';
import type { Events } from './platform/events/events.ts';
import { startEvents } from './platform/events/postgres-events.ts';
import type { App } from './platform/http/app.ts';
import { buildApp } from './platform/http/build-app.ts';
import { closerOf } from './platform/http/close-server.ts';
import { eventStreams } from './platform/http/event-streams.ts';
import { healthRoutes } from './platform/http/health.ts';
import { type Jobs, startJobs } from './platform/jobs/jobs.ts';
import { startLimits } from './platform/limits/limits.ts';
import type { Delivery } from './platform/messages/delivery.ts';
import { devOutboxRoutes } from './platform/messages/development/dev-outbox.route.ts';
import type { SmsSpending } from './platform/messages/spending/sms-spending.ts';
import type { MessageRenderer } from './platform/messages/templates/render-message.ts';
import { inPlainWords } from './platform/start-refused.ts';

export interface NodePorts extends PlatformPorts {
  /** Moves `Date`, for the development hooks; only a development or test entry has it. */
  setClockOffset?(ms: number): void;
}

/** A running node. */
export interface Node {
  /** Where it listens. */
  url: string;
  platform: Platform;
  app: App;
  /** Takes no new requests, ends what is under way, closes everything. */
  close(): Promise<void>;
}

/** Fewer than the four threads of Node's pool, which files and name look-ups share. */
const HASHES_AT_ONCE = 2;

/**
 * Starts one node: opens what it stands on, registers every route, begins the jobs, listens on loopback or
 * where it is told.
 *
 * @throws StartRefused with what to do about it
 */
export async function startNode(config: Config, ports: NodePorts): Promise<Node> {
  const platform = await openPlatform(config, ports);
  const jobs = startJobs({ log: platform.log });
  const limits = await startLimits(platform);
  const events = startEvents(platform);
  const { app, delivery, spending } = await buildNode(platform, jobs, limits, events, ports);
  let site: Site | undefined;
  const closeServer = closerOf(app);
  const close = async () => {
    await site?.close();
    await closeServer();
    await jobs.stop();
    await delivery.close();
    await spending
      .judge()
      .catch((err) => platform.log.warn({ err }, 'codes that came back could not be counted'));
    await limits.close();
    await events.close();
    await platform.close();
  };
  startUpkeep(platform, jobs, delivery, spending);
  jobs.every('seal-audit', SEAL_MS, auditSealer(await sealerPorts(platform)));
  const open = async () => {
    site = await startAuthenticatorSite(config, platform.log);
    return listen(app, config);
  };
  const url = await open().catch(async (error) => {
    await close();
    throw error;
  });
  if (config.pidFile) writeFileSync(config.pidFile, `${process.pid}\n`);
  return { url, platform, app, close };
}

/** @throws StartRefused when the address cannot be taken */
async function listen(app: App, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    throw inPlainWords(error, {
      EADDRINUSE: `Port ${port} is taken by another program. End it, or choose another with SIGILLO_PORT.`,
      EACCES: `Port ${port} may not be opened by this user. Choose one above 1023 with SIGILLO_PORT.`,
      EADDRNOTAVAIL: `This machine has no address ${host}. Check SIGILLO_HOST.`,
    });
  }
}

async function buildNode(
  platform: Platform,
  jobs: Jobs,
  limits: Awaited<ReturnType<typeof startLimits>>,
  events: Events,
  ports: NodePorts,
) {
  const { config, clock, log, db } = platform;
  const brand = readBrand(config);
  const stores = openStores(platform);
  const queue = queueOn(platform);
  const { memoryKib, passes, lanes, queueLength } = config.passwords;
  const parameters = { memoryKib, passes, lanes };
  const hasher = createHasher({ parameters, concurrency: HASHES_AT_ONCE, queueLength });
  const spending = spendingFor(platform);
  const serviceName = brand.name;
  const gate = buildGate({ platform, stores, limits, events, hasher, queue, spending, serviceName });
  const renderer = rendererFor(config, brand);
  const push = await openPush(platform, stores);
  const delivery = deliveryFor(platform, renderer, push.notifier, spending);
  const acceptLoopback = config.profile !== 'production';
  const { issuer, trustedProxies } = config;
  const pageNotFound = portalPage();
  const app = await buildApp({ issuer, acceptLoopback, trustedProxies, clock, log, pageNotFound });
  const common = loadCommonPasswords();
  const passwords = { hasher, common, minLength: minPasswordLength(false), brand: brand.name };
  const oidc = await openOidc({ platform, gate, limits, brand });
  const { relyingParties, interactions, issuerKey } = oidc;
  healthRoutes(app, { db });
  receiptRoutes(app, platform);
  brandRoutes(app, brand, config.authenticator.origin);
  await portalAssets(app);
  const streams = eventStreams(app, { events, nowMs: clock.nowMs });
  const views = { relyingParties, interactions, issuerKey };
  const parts = { platform, streams, gate, stores, passwords, queue, brand, ...views };
  flowRoutes(app, parts);
  await mountDevices(app, parts, push.publicKey);
  oidc.mount(app);
  await addHooks(app, platform, jobs, limits, renderer, ports);
  return { app, delivery, spending };
}

const POLL_MESSAGES_MS = 250;
/** How often a node tells which codes came back, and looks where hardly any does. */
const JUDGE_SMS_MS = 10_000;
/** How often a node looks whether a block of the audit is due. */
const SEAL_MS = 5_000;

/** What a node does by itself while it runs. */
function startUpkeep(platform: Platform, jobs: Jobs, delivery: Delivery, spending: SmsSpending): void {
  const { db, clock, keyring } = platform;
  jobs.every('deliver-messages', POLL_MESSAGES_MS, delivery.poll);
  jobs.every('forget-messages', MINUTE_MS, () => forgetMessages(platform));
  jobs.every('judge-sms-prefixes', JUDGE_SMS_MS, spending.judge);
  jobs.every('forget-sms-spending', 60 * MINUTE_MS, spending.forget);
  jobs.every('learn-new-keys', MINUTE_MS, () => keyring.refresh(clock.nowMs()));
  jobs.every('keep-partitions', 60 * MINUTE_MS, () => keepPartitions(db, clock.nowMs()));
}

/** The outbox page, the movable clock: never in production, whose configuration refuses them too. */
async function addHooks(
  app: App,
  { config, db, clock, keyring }: Platform,
  jobs: Jobs,
  limits: Awaited<ReturnType<typeof startLimits>>,
  renderer: MessageRenderer,
  { setClockOffset }: NodePorts,
): Promise<void> {
  const { profile } = config;
  if (!config.developmentHooks || !setClockOffset) return;
  await devRoutes(app, { profile, db, clock, jobs, limits, setClockOffset });
  devOutboxRoutes(app, { profile, db, clock, keyring, renderer });
}
