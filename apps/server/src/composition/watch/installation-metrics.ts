import { sql } from 'kysely';
import { secondsSince } from '../../platform/clock/clock.ts';
import type { EventStreams } from '../../platform/http/event-streams.ts';
import type { Platform } from '../platform.ts';
import { queueMetrics } from './queue-metrics.ts';
import { spendingMetrics } from './spending-metrics.ts';

type Parts = Pick<Platform, 'metrics' | 'db' | 'clock' | 'config' | 'pool'>;

/** Counting stops there: that many say enough. */
const MOST_UNSEALED = 100_000;

/** What is asked of the database, and of this node, whenever somebody reads the metrics, and at no other time. */
export function installationMetrics(parts: Parts, streams: Pick<EventStreams, 'count'>): void {
  const { metrics, pool } = parts;
  const connections = metrics.gauge({
    name: 'sigillo_database_connections',
    help: 'Connections of this node.',
    labels: { state: ['in-use', 'idle'] },
  });
  const waiting = metrics.gauge({
    name: 'sigillo_database_waiting',
    help: 'Who waits for a connection on this node.',
    labels: {},
  });
  const open = metrics.gauge({
    name: 'sigillo_event_streams',
    help: 'Pages and apps that hold a stream of this node open.',
    labels: {},
  });
  metrics.atRead([connections, waiting, open], () => {
    const { total, idle } = pool();
    connections.set({ state: 'in-use' }, total - idle);
    connections.set({ state: 'idle' }, idle);
    waiting.set({}, pool().waiting);
    open.set({}, streams.count());
  });
  databaseMetrics(parts);
  queueMetrics(parts);
  spendingMetrics(parts);
  auditMetrics(parts);
  keyMetrics(parts);
}

function databaseMetrics({ metrics, db }: Parts): void {
  const up = metrics.gauge({
    name: 'sigillo_database_up',
    help: 'Whether the database answers this node.',
    labels: {},
  });
  metrics.atRead([up], async () => {
    up.set({}, 0);
    await sql`select 1`.execute(db);
    up.set({}, 1);
  });
}

function auditMetrics({ metrics, db, clock }: Parts): void {
  const age = metrics.gauge({
    name: 'sigillo_audit_last_block_age_seconds',
    help: 'How long ago the last block of the audit was sealed: one is due every minute.',
    labels: {},
  });
  const block = metrics.gauge({ name: 'sigillo_audit_block', help: 'Its number.', labels: {} });
  const unsealed = metrics.gauge({
    name: 'sigillo_audit_unsealed_rows',
    help: 'Rows of the audit that wait for a block, counted to a hundred thousand.',
    labels: {},
  });
  metrics.atRead([age, block, unsealed], async () => {
    const head = await db.selectFrom('audit_head').select(['block_number', 'sealed_at']).executeTakeFirst();
    if (!head) return;
    age.set({}, secondsSince(head.sealed_at, clock.nowMs()));
    block.set({}, head.block_number);
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from (select from audit_pending limit ${MOST_UNSEALED}) waiting`.execute(
      db,
    );
    unsealed.set({}, rows[0]?.count ?? 0);
  });
}

function keyMetrics({ metrics, db, clock }: Parts): void {
  const age = metrics.gauge({
    name: 'sigillo_key_age_seconds',
    help: 'How old the newest key is that seals the database, and that signs ID tokens.',
    labels: { key: ['data', 'signing'] },
  });
  metrics.atRead([age], async () => {
    const data = await db
      .selectFrom('data_key')
      .select((eb) => eb.fn.max('created_at').as('at'))
      .where('purpose', '=', 'seal')
      .executeTakeFirst();
    const signing = await db
      .selectFrom('signing_key')
      .select((eb) => eb.fn.max('created_at').as('at'))
      .where('retired_at', 'is', null)
      .executeTakeFirst();
    if (data?.at) age.set({ key: 'data' }, secondsSince(data.at, clock.nowMs()));
    if (signing?.at) age.set({ key: 'signing' }, secondsSince(signing.at, clock.nowMs()));
  });
}
