import type { KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveBrand } from './branding/live-brand.ts';
import { revocationPath, sealerPorts } from './composition/audit.ts';
import { type Site, startAuthenticatorSite } from './composition/authenticator-site.ts';
import { brandRoutes } from './composition/brand.ts';
import { refuseBrokenFiles } from './composition/checks/files.ts';
import { consoleDeskRoutes } from './composition/console-desk.ts';
import { mountDevices } from './composition/devices.ts';
import { flowRoutes } from './composition/flows.ts';
import { buildGate, openStores, queueOn } from './composition/gate.ts';
import { holderPasswords } from './composition/holder-passwords.ts';
import {
  deliveryFor,
  forgetMessages,
  receiptRoutes,
  rendererFor,
  spendingFor,
} from './composition/messages.ts';
import { openOidc } from './composition/oidc.ts';
import { openBrand } from './composition/open-brand.ts';
import { openPlatform, type Platform, type PlatformPorts } from './composition/platform.ts';
import { portalAssets, portalPage } from './composition/portal-pages.ts';
import { keepPrivacy } from './composition/privacy.ts';
import { openPush } from './composition/push.ts';
import { installationMetrics } from './composition/watch/installation-metrics.ts';
import { type NodeWatch, watchNode } from './composition/watch/node-watch.ts';
import { loadCommonPasswords } from './factors/password/common-passwords.ts';
import { createHasher } from './factors/password/password-hashing.ts';
import { minPasswordLength } from './factors/password/password-rules.ts';
import { forgetChanges } from './flows/account/contacts/forget-changes.service.ts';
import { endDueHolds } from './gate/end-holds.ts';
import { keepAgendas } from './identities/keep-agendas.service.ts';
import { checkpointFile } from './platform/audit/checkpoint-file.ts';
import { publishRevocations } from './platform/audit/revocations.ts';
import { AuditForgotten, auditSealer, expectRemembered, type SealerPorts } from './platform/audit/sealer.ts';
import { MINUTE_MS, SECOND_MS } from './platform/clock/clock.ts';
import type { Config } from './platform/config/config.ts';
import { keepPartitions } from './platform/database/partitions.ts';
import { devRoutes } from './platform/dev/dev.route.ts';
import type { Events } from './platform/events/events.ts';
import { startEvents } from './platform/events/postgres-events.ts';
import type { App } from './platform/http/app.ts';
import { currentAsker } from './platform/http/asker.ts';
import { buildApp } from './platform/http/build-app.ts';
import { closerOf } from './platform/http/close-server.ts';
import { eventStreams } from './platform/http/event-streams.ts';
import { type HealthPorts, healthRoutes, whyNotReady } from './platform/http/health.ts';
import { type Jobs, startJobs } from './platform/jobs/jobs.ts';
import { startLimits } from './platform/limits/limits.ts';
import type { Delivery } from './platform/messages/delivery.ts';
import { devOutboxRoutes } from './platform/messages/development/dev-outbox.route.ts';
import type { SmsSpending } from './platform/messages/spending/sms-spending.ts';
import type { MessageRenderer } from './platform/messages/templates/render-message.ts';
import { metricsRoute } from './platform/metrics/metrics.route.ts';
import { inPlainWords, StartRefused } from './platform/start-refused.ts';
import { openTracing } from './platform/tracing/open-tracing.ts';
import { agendaStore } from './stores/identities/agenda.store.ts';

export interface NodePorts extends PlatformPorts {
  /** Moves `Date`, for the development hooks; only a development or test entry has it. */
  setClockOffset?(ms: number): void;
  /** What the computer's clock says where `Date` may have been moved. */
  computerNowMs?(): number;
}

/** A running node. */
export interface Node {
  /** Where it listens. */
  url: string;
  platform: Platform;
  app: App;
  /** Is not ready any more, takes no new requests, ends what is under way, closes everything. */
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
  refuseBrokenFiles(config);
  const tracing = await openTracing(config, ports.log);
  const platform = await openPlatform(config, { ...ports, tracing, isServing: true });
  const sealing = await sealerPorts(platform);
  await refuseForgotten(platform, sealing);
  const watch = watchNode(platform);
  const jobs = startJobs({ log: platform.log, around: watch.around });
  const limits = await startLimits({ ...platform, around: watch.around, refused: watch.limited });
  const events = startEvents(platform);
  const live = await openBrand(platform, jobs);
  const stopping = { isStopping: false };
  const { app, delivery, spending, backChannel } = await buildNode(platform, watch, jobs, limits, events, {
    ...ports,
    stopping,
    auditKey: sealing.key,
    live,
  });
  let site: Site | undefined;
  const closeServer = closerOf(app);
  const close = async () => {
    await site?.close();
    await closeServer();
    await jobs.stop();
    await backChannel.close();
    await delivery.close();
    await spending
      .judge()
      .catch((err) => platform.log.warn({ err }, 'codes that came back could not be counted'));
    await limits.close();
    await events.close();
    await platform.close();
    await tracing.close();
  };
  startUpkeep(platform, jobs, delivery, spending);
  keepAudit(platform, jobs, watch.sealing(auditSealer(sealing)));
  const open = async () => {
    site = await startAuthenticatorSite(config, platform.log, live.brand);
    return listen(app, config);
  };
  const url = await open().catch(async (error) => {
    await close();
    throw error;
  });
  if (config.pidFile) writeFileSync(config.pidFile, `${process.pid}\n`);
  const drainAndClose = async () => {
    stopping.isStopping = true;
    // Whoever spreads requests over nodes learns it from /readyz before any is refused.
    await sleep(config.drainSeconds * SECOND_MS);
    await close();
  };
  return { url, platform, app, close: drainAndClose };
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

function openHasher({ passwords }: Config, { hashing }: NodeWatch) {
  const { queueLength, ...parameters } = passwords;
  const queue = { concurrency: HASHES_AT_ONCE, queueLength, whoWaits: currentAsker };
  return createHasher({ parameters, ...queue, watch: hashing });
}

async function buildNode(
  platform: Platform,
  watch: NodeWatch,
  jobs: Jobs,
  limits: Awaited<ReturnType<typeof startLimits>>,
  events: Events,
  ports: NodePorts & { stopping: { isStopping: boolean }; auditKey: KeyObject; live: LiveBrand },
) {
  const { config, clock, log, db, tracing } = platform;
  const { live } = ports;
  const { brand } = live;
  const stores = openStores(platform);
  const queue = queueOn(platform);
  const hasher = openHasher(config, watch);
  const spending = spendingFor(platform);
  const gate = buildGate({ platform, stores, limits, events, hasher, queue, spending, brand });
  const renderer = rendererFor(config, brand);
  const push = await openPush(platform, stores);
  const delivery = deliveryFor(platform, renderer, push.notifier, spending);
  const acceptLoopback = config.profile !== 'production';
  const { issuer, trustedProxies } = config;
  const pageNotFound = portalPage();
  const origins = { issuer, acceptLoopback, trustedProxies };
  const app = await buildApp({ ...origins, clock, log, pageNotFound, watch: watch.http, tracing });
  const common = loadCommonPasswords();
  const choice = {
    hasher,
    common,
    minLength: minPasswordLength(false),
    get brand() {
      return brand.name;
    },
  };
  const passwords = holderPasswords(choice, platform, stores);
  const oidc = await openOidc({ platform, gate, limits, brand });
  const { relyingParties, interactions, issuerKeys } = oidc;
  const { stopping, computerNowMs = clock.nowMs } = ports;
  const health: HealthPorts = { db, computerNowMs, isStopping: () => stopping.isStopping };
  healthRoutes(app, health);
  watch.readiness(() => whyNotReady(health));
  metricsRoute(app, platform.metrics, config.metrics.token);
  receiptRoutes(app, platform);
  brandRoutes(app, brand, config.authenticator.origin);
  await portalAssets(app);
  const streams = eventStreams(app, { events, nowMs: clock.nowMs });
  installationMetrics(platform, streams);
  const views = { relyingParties, interactions, issuerKeys };
  const { auditKey } = ports;
  const parts = { platform, streams, gate, stores, passwords, queue, brand, auditKey, ...views };
  flowRoutes(app, parts);
  await mountDevices(app, parts, { pushKey: push.publicKey, renderer });
  await consoleDeskRoutes(app, { ...parts, spending, live });
  oidc.mount(app);
  await addHooks(app, platform, { jobs, limits, events }, renderer, ports);
  keepPrivacy(platform, jobs, { gate, queue, stores });
  jobs.every('forget-contact-changes', MINUTE_MS, () => forgetChanges({ gate, ...stores }));
  jobs.every('keep-signing-keys', SIGNING_KEYS_MS, oidc.keepKeys);
  jobs.every('end-suspensions', END_SUSPENSIONS_MS, () => endDueHolds(gate));
  jobs.every('back-channel-logout', SECOND_MS, oidc.backChannel.poll);
  jobs.every('keep-identities', KEEP_IDENTITIES_MS, () =>
    keepAgendas({ gate, ...stores, agendas: agendaStore }),
  );
  return { app, delivery, spending, backChannel: oidc.backChannel };
}

/** @throws StartRefused where a backup was restored and nobody made it safe */
async function refuseForgotten(platform: Platform, sealing: SealerPorts): Promise<void> {
  try {
    await expectRemembered(sealing);
  } catch (error) {
    await platform.close();
    throw error instanceof AuditForgotten ? new StartRefused(error.message) : error;
  }
}

const PUBLISH_REVOCATIONS_MS = 1_000;

/** What leaves the database so that it can be held against it: checkpoints of the audit, and what was revoked. */
function keepAudit({ config, db }: Platform, jobs: Jobs, seal: () => Promise<unknown>): void {
  const revocations = checkpointFile(revocationPath(config));
  jobs.every('seal-audit', SEAL_MS, seal);
  jobs.every('publish-revocations', PUBLISH_REVOCATIONS_MS, () => publishRevocations(db, revocations));
}

const POLL_MESSAGES_MS = 250;
/** How often a node tells which codes came back, and looks where hardly any does. */
const JUDGE_SMS_MS = 10_000;
/** How often a node looks whether a block of the audit is due. */
const SEAL_MS = 5_000;
/** How soon it is noticed that a document has expired, or an identity ends. */
const KEEP_IDENTITIES_MS = 5_000;
/** How soon a suspension ends whose days are over. */
const END_SUSPENSIONS_MS = 5_000;
/** How soon a node learns that a signing key is compromised. */
const SIGNING_KEYS_MS = 15_000;

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
  { config, db, clock, keyring, log }: Platform,
  running: { jobs: Jobs; limits: Awaited<ReturnType<typeof startLimits>>; events: Events },
  renderer: MessageRenderer,
  { setClockOffset }: NodePorts,
): Promise<void> {
  const { profile } = config;
  if (!config.developmentHooks || !setClockOffset) return;
  await devRoutes(app, { profile, db, clock, log, ...running, setClockOffset });
  devOutboxRoutes(app, { profile, db, clock, keyring, renderer });
}
