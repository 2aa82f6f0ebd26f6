import type { AuditEvent } from '../../../platform/audit/audit.ts';
import type { BrowsedRecord } from '../../../platform/audit/browse-audit.ts';
import type { AuditEventType } from '../../../platform/audit/event-types.ts';
import { type Clock, MINUTE_MS } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { AuditCheck, AuditChecks, AuditReader, CheckOutcome } from './audit.ports.ts';
import { checkUnderWay } from './audit.problems.ts';

export interface AuditPorts {
  reader: AuditReader;
  checks: AuditChecks;
  clock: Clock;
  log: Log;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  audit(tx: Tx, event: AuditEvent): Promise<void>;
}

export interface Auditor {
  operatorId: string;
  client: ClientInfo;
}

export interface AuditFilter {
  since: Date;
  until: Date;
  accountId: string | undefined;
  /** Id of an operator's account. */
  operatorId: string | undefined;
  type: string | undefined;
}

const PAGE = 50;
/** What an event is stands inside its sealed body: rows are opened so many at a time, and so many for one page. */
const BATCH = 500;
const MOST_OPENED = 5_000;
const MOST_EXPORTED = 50_000;

/**
 * A page of the record, the newest first. Where few rows are of the type that is asked for, a page may hold fewer than
 * there are: `next` leads on as long as there is anything left to look at. Reading is itself recorded.
 *
 * @throws AuditBroken
 */
export async function readAuditPage(
  ports: AuditPorts,
  auditor: Auditor,
  filter: AuditFilter,
  before: string | undefined,
) {
  await recordReading(ports, auditor, 'audit-read', filter);
  const shown: BrowsedRecord[] = [];
  let next = before;
  for (let opened = 0; opened < MOST_OPENED && shown.length < PAGE; opened += BATCH) {
    const rows = await ports.reader.browse({ ...filter, before: next }, BATCH);
    const wanted = rows.filter((row) => isWanted(row, filter)).slice(0, PAGE - shown.length);
    shown.push(...wanted);
    const isFull = shown.length === PAGE;
    next = isFull ? wanted.at(-1)?.id : rows.length < BATCH ? undefined : rows.at(-1)?.id;
    if (next === undefined) break;
  }
  return { records: shown.map(recordView), next: next ?? null };
}

function isWanted(row: BrowsedRecord, { type, operatorId }: AuditFilter): boolean {
  if (type === undefined && operatorId === undefined) return true;
  if (row.type === null || (type !== undefined && row.type !== type)) return false;
  return operatorId === undefined || row.details.operator === operatorId || row.accountId === operatorId;
}

/**
 * The same as JSON Lines, the newest first, fifty thousand at most; what is asked for is recorded before the first line.
 */
export async function* exportAudit(
  ports: AuditPorts,
  auditor: Auditor,
  filter: AuditFilter,
): AsyncGenerator<string> {
  await recordReading(ports, auditor, 'audit-exported', filter);
  let before: string | undefined;
  for (let written = 0; written < MOST_EXPORTED; ) {
    const rows = await ports.reader.browse({ ...filter, before }, BATCH);
    for (const row of rows) {
      if (!isWanted(row, filter) || written >= MOST_EXPORTED) continue;
      written += 1;
      yield `${JSON.stringify(recordView(row))}\n`;
    }
    before = rows.at(-1)?.id;
    if (rows.length < BATCH) return;
  }
}

function recordReading(
  { transaction, audit, clock }: AuditPorts,
  { operatorId, client }: Auditor,
  type: AuditEventType,
  filter: AuditFilter,
): Promise<void> {
  const details = {
    operator: operatorId,
    since: filter.since.toISOString(),
    until: filter.until.toISOString(),
    account: filter.accountId ?? null,
    ofOperator: filter.operatorId ?? null,
    ofType: filter.type ?? null,
  };
  const event = { type, accountId: operatorId, actor: 'operator' as const, at: clock.now(), client, details };
  return transaction((tx) => audit(tx, event));
}

const recordView = (row: BrowsedRecord) => ({
  id: row.id,
  at: row.at.toISOString(),
  account: row.accountId,
  type: row.type,
  actor: row.type === null ? null : row.actor,
  address: row.type === null ? null : (row.client?.address ?? null),
  details: row.type === null ? {} : row.details,
});

/** How long a node may be silent before somebody else may begin anew. */
const DEAD_MS = 2 * MINUTE_MS;
const MOST_FAULTS = 100;

/** Where the chain stands, and what came of the last check. */
export async function readAuditState({ reader, checks, single, clock }: AuditPorts) {
  const [state, last] = await Promise.all([reader.state(), single((tx) => checks.last(tx))]);
  return {
    ...state,
    sealedAt: state.sealedAt?.toISOString() ?? null,
    discontinuities: state.discontinuities.map(({ block, at }) => ({ block, at: at.toISOString() })),
    check: last ? checkView(last, clock.now()) : null,
  };
}

const checkView = (
  { startedAt, seenAt, finishedAt, blocks, blocksInAll, outcome }: AuditCheck,
  now: Date,
) => ({
  startedAt: startedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
  isStuck: finishedAt === null && now.getTime() - seenAt.getTime() > DEAD_MS,
  blocks,
  blocksInAll,
  outcome,
});

/**
 * Begins to compute the whole record again, on this node; what comes of it stands in the database.
 *
 * @returns when it is over, for who wants to wait
 * @throws checkUnderWay
 */
export async function beginAuditCheck(ports: AuditPorts, auditor: Auditor): Promise<{ over: Promise<void> }> {
  const { checks, clock, reader, transaction, audit } = ports;
  const now = clock.now();
  const id = uuidv7(now.getTime());
  const { block } = await reader.state();
  await transaction(async (tx) => {
    const check: AuditCheck = {
      id,
      operatorId: auditor.operatorId,
      startedAt: now,
      seenAt: now,
      finishedAt: null,
      blocks: 0,
      blocksInAll: block,
      outcome: null,
    };
    const deadSince = new Date(now.getTime() - DEAD_MS);
    if (!(await checks.begin(tx, check, deadSince))) throw checkUnderWay();
    const { operatorId, client } = auditor;
    const details = { operator: operatorId, check: id };
    await audit(tx, {
      type: 'audit-checked',
      accountId: operatorId,
      actor: 'operator',
      at: now,
      client,
      details,
    });
  });
  return { over: runCheck(ports, id) };
}

async function runCheck({ reader, checks, clock, log, single }: AuditPorts, id: string): Promise<void> {
  let blocks = 0;
  const tell = (passed: number) => {
    blocks = passed;
    single((tx) => checks.progress(tx, id, passed, clock.now())).catch((err: unknown) =>
      log.warn({ err }, 'the progress of a check of the audit could not be noted'),
    );
  };
  const outcome = await reader.verify(tell).then(outcomeOf, (err: unknown): CheckOutcome => {
    log.error({ err }, 'the audit could not be checked');
    return { kind: 'failed' };
  });
  await single((tx) => checks.finish(tx, id, blocks, outcome, clock.now())).catch((err: unknown) =>
    log.error({ err }, 'what came of a check of the audit could not be noted'),
  );
}

function outcomeOf({ faults, ...verified }: Awaited<ReturnType<AuditReader['verify']>>): CheckOutcome {
  const kept = faults.slice(0, MOST_FAULTS);
  return { kind: 'done', ...verified, faults: kept, faultsInAll: faults.length };
}
