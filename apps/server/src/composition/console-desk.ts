import type { LiveBrand } from '../branding/live-brand.ts';
import type { AuditReader } from '../flows/console/audit/audit.ports.ts';
import { auditRoutes } from '../flows/console/audit/audit.route.ts';
import { credentialsRoute } from '../flows/console/audit/credentials.route.ts';
import { brandingRoutes } from '../flows/console/branding/branding.route.ts';
import { deliveriesRoutes } from '../flows/console/deliveries/deliveries.route.ts';
import { evidenceRoutes } from '../flows/console/evidence/evidence.route.ts';
import { holdersRoutes } from '../flows/console/holders/holders.route.ts';
import { suspendHolderRoutes } from '../flows/console/holders/suspend-holder.route.ts';
import { relyingPartiesRoutes } from '../flows/console/relying-parties/relying-parties.route.ts';
import { spendingRoutes } from '../flows/console/spending/spending.route.ts';
import { browseAudit } from '../platform/audit/browse-audit.ts';
import { readChainState } from '../platform/audit/chain-state.ts';
import { readCheckpoint } from '../platform/audit/checkpoint.ts';
import { checkpointsSoFar } from '../platform/audit/checkpoint-file.ts';
import { verifyAudit } from '../platform/audit/verify.ts';
import type { App } from '../platform/http/app.ts';
import type { SmsSpending } from '../platform/messages/spending/sms-spending.ts';
import { reopenPrefix, spentSince, stoppedPrefixes } from '../platform/messages/spending/spending.store.ts';
import { credentialRecordStore } from '../stores/accounts/credential-record.store.ts';
import { auditCheckStore } from '../stores/console/audit-check.store.ts';
import { chosenBrandStore } from '../stores/console/chosen-brand.store.ts';
import { deliveryStore } from '../stores/console/delivery.store.ts';
import { holderFactsStore } from '../stores/console/holder-facts.store.ts';
import { holderFileStore } from '../stores/console/holder-file.store.ts';
import { holderSearchStore } from '../stores/console/holder-search.store.ts';
import { rehearsalStore } from '../stores/console/rehearsal.store.ts';
import { visitorStore } from '../stores/console/visitor.store.ts';
import { evidenceSearchStore } from '../stores/privacy/evidence-search.store.ts';
import { relyingPartyStore } from '../stores/relying-party.store.ts';
import { checkpointPath, sealerPorts } from './audit.ts';
import type { FlowParts } from './flows.ts';
import type { Platform } from './platform.ts';

export interface DeskParts extends FlowParts {
  spending: SmsSpending;
  live: LiveBrand;
}

/** What operators look up and put right, each with what it asks for. */
export async function consoleDeskRoutes(app: App, parts: DeskParts): Promise<void> {
  const { platform, gate, stores, queue, relyingParties, spending } = parts;
  const { db, clock, log, keyring, config, transaction, single } = platform;
  const shared = { gate, relyingParties, operators: stores.operators };
  const recording = { clock, log, transaction, single, audit: gate.audit };

  const desk = { ...shared, files: holderFileStore };
  suspendHolderRoutes(app, { ...desk, cases: stores.cases });
  holdersRoutes(app, {
    ...desk,
    search: holderSearchStore(keyring),
    facts: holderFactsStore,
    identities: stores.identities,
    links: stores.links,
    queue,
    settings: { issuer: config.issuer },
  });
  evidenceRoutes(app, { ...shared, ...stores, search: evidenceSearchStore(keyring) });
  deliveriesRoutes(app, { ...shared, ...recording, deliveries: deliveryStore(keyring), spending });
  const spent = { since: spentSince, stopped: stoppedPrefixes, reopen: reopenPrefix };
  spendingRoutes(app, { ...shared, spent, single, clock, settings: config.sms });
  const reader = await auditReader(platform);
  credentialsRoute(app, { ...shared, credentials: credentialRecordStore, identities: stores.identities });
  auditRoutes(app, { ...shared, ...recording, reader, checks: auditCheckStore });
  brandingRoutes(app, { ...shared, brands: chosenBrandStore, live: parts.live });
  relyingPartiesRoutes(app, {
    ...shared,
    ...{ clock, log },
    clients: { relyingParties: relyingPartyStore(db, keyring), clock },
    rehearsals: rehearsalStore,
    visitors: visitorStore,
  });
}

/** The record as this node reads it, against the checkpoints that it has written outside the database. */
async function auditReader(platform: Platform): Promise<AuditReader> {
  const { db, keyring, config } = platform;
  const { key } = await sealerPorts(platform);
  const path = checkpointPath(config);
  const published = async () => {
    const lines = await checkpointsSoFar(path);
    return lines.flatMap((line) => readCheckpoint(line, key) ?? []);
  };
  return {
    browse: (window, most) => browseAudit(db, keyring, window, most),
    state: async () => {
      const newest = (await published()).at(-1);
      const state = await readChainState(db);
      return { ...state, published: newest ? { block: newest.block, records: newest.records } : null };
    },
    verify: async (passed) => verifyAudit(db, { checkpoints: await published(), key, passed }),
  };
}
