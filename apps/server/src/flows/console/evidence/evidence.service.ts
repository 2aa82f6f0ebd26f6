import { createHash } from 'node:crypto';
import type {
  EvidenceBy,
  EvidenceItem,
  EvidenceSearch,
  KeptEvidence,
  OpenedEvidence,
} from '../../../evidence/evidence.ts';
import { type LiveEvidencePorts, liveEvidence, openLiveEvidence } from '../../../evidence/live-evidence.ts';
import type { Gate } from '../../../gate/ports.ts';
import type { Details } from '../../../platform/audit/details.ts';
import type { AuditEventType } from '../../../platform/audit/event-types.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { evidenceGone } from './evidence.problems.ts';

export interface EvidencePorts extends LiveEvidencePorts {
  gate: Gate;
  search: EvidenceSearch;
  kept: Pick<KeptEvidence, 'list' | 'open'>;
}

export interface Auditor {
  operatorId: string;
  client: ClientInfo;
}

/** One person may have had several accounts, one after the other. */
const MOST_FOUND = 10;
/** As many as an investigation needs, and no way to look through everybody. */
const SEARCHES = { count: 20, perSeconds: 600 } as const;

/**
 * What is kept of whoever held an identity, of living accounts and of erased ones; no content. Who looked for whom and
 * why is recorded, for who finds nobody too ([SPID-ENR-6]).
 *
 * @throws tooManyTries
 */
export function searchEvidence(
  ports: EvidencePorts,
  auditor: Auditor,
  { by, value, reason }: { by: EvidenceBy; value: string; reason: string },
): Promise<{ account: string; items: EvidenceItem[] }[]> {
  const { gate, search } = ports;
  gate.limits.take(`evidence-search:${auditor.operatorId}`, SEARCHES);
  return gate.transaction(async (tx) => {
    const found: { account: string; items: EvidenceItem[] }[] = [];
    for (const account of await search.find(tx, by, value, MOST_FOUND)) {
      const items = [...(await liveEvidence(ports, tx, account)), ...(await ports.kept.list(tx, account))];
      if (items.length > 0) found.push({ account, items });
    }
    const accounts = found.map(({ account }) => account).join(' ');
    await record(gate, tx, auditor, 'evidence-searched', { by, reason, accounts });
    return found;
  });
}

/**
 * One thing that is kept, opened for a reason. On record is who opened what and why, and its digest.
 *
 * @throws evidenceGone
 */
export function openEvidence(
  ports: EvidencePorts,
  auditor: Auditor,
  { account, ref, reason }: { account: string; ref: string; reason: string },
): Promise<OpenedEvidence> {
  const { gate, kept } = ports;
  return gate.transaction(async (tx) => {
    const opened = (await openLiveEvidence(ports, tx, account, ref)) ?? (await kept.open(tx, account, ref));
    if (!opened) throw evidenceGone();
    const sha256 = createHash('sha256').update(opened.content).digest('hex');
    const { kind, name } = opened;
    await record(gate, tx, auditor, 'evidence-opened', { account, ref, kind, name, sha256, reason });
    return opened;
  });
}

/** Under the auditor's own key: that of the account may be gone. */
const record = (
  gate: Gate,
  tx: Tx,
  { operatorId, client }: Auditor,
  type: AuditEventType,
  details: Details,
): Promise<void> =>
  gate.audit(tx, {
    type,
    accountId: operatorId,
    actor: 'operator',
    at: gate.clock.now(),
    client,
    details: { operator: operatorId, ...details },
  });
