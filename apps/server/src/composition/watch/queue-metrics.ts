import { sql } from 'kysely';
import { secondsSince } from '../../platform/clock/clock.ts';
import type { Platform } from '../platform.ts';

type Parts = Pick<Platform, 'metrics' | 'db' | 'clock'>;

const CHANNELS = ['email', 'sms', 'push'] as const;
/** Counting stops there: that many say enough. */
const MOST_GIVEN_UP = 10_000;

/** What waits to be told to somebody outside, and what was given up: messages, and sessions that ended. */
export function queueMetrics(parts: Parts): void {
  outboxMetrics(parts);
  givenUpMetrics(parts);
  logoutMetrics(parts);
}

function outboxMetrics({ metrics, db, clock }: Parts): void {
  const depth = metrics.gauge({
    name: 'sigillo_outbox_messages',
    help: 'Messages of the installation that are not sent yet.',
    labels: { channel: CHANNELS },
  });
  const age = metrics.gauge({
    name: 'sigillo_outbox_oldest_due_seconds',
    help: 'For how long the message that waits longest has been due.',
    labels: { channel: CHANNELS },
  });
  metrics.atRead([depth, age], async () => {
    const rows = await db
      .selectFrom('outbox_pending')
      .select([
        'channel',
        (eb) => eb.fn.countAll<number>().as('depth'),
        (eb) => eb.fn.min('due_at').as('due'),
      ])
      .groupBy('channel')
      .execute();
    for (const channel of CHANNELS) {
      const row = rows.find((one) => one.channel === channel);
      depth.set({ channel }, Number(row?.depth ?? 0));
      age.set({ channel }, row ? secondsSince(row.due, clock.nowMs()) : 0);
    }
  });
}

function givenUpMetrics({ metrics, db, clock }: Parts): void {
  const messages = metrics.gauge({
    name: 'sigillo_outbox_given_up',
    help: 'Messages that were given up and could still be sent by command, counted to ten thousand.',
    labels: { channel: CHANNELS },
  });
  metrics.atRead([messages], async () => {
    const { rows } = await sql<{ channel: string; count: number }>`
      select channel, count(*)::int as count from (
        select outbox.channel from outbox_dead join outbox on outbox.id = outbox_dead.id
        where not outbox_dead.forgotten and outbox_dead.expires_at > ${clock.now()} limit ${MOST_GIVEN_UP}
      ) given_up group by channel`.execute(db);
    for (const channel of CHANNELS)
      messages.set({ channel }, rows.find((row) => row.channel === channel)?.count ?? 0);
  });
}

function logoutMetrics({ metrics, db, clock }: Parts): void {
  const waiting = metrics.gauge({
    name: 'sigillo_logout_notices',
    help: 'Relying parties that are still to be told, by back channel, that a session ended; one each session.',
    labels: {},
  });
  const age = metrics.gauge({
    name: 'sigillo_logout_oldest_due_seconds',
    help: 'For how long the one that waits longest has been due.',
    labels: {},
  });
  const givenUp = metrics.gauge({
    name: 'sigillo_logout_given_up',
    help: 'Those that were given up in the last month, counted to ten thousand.',
    labels: {},
  });
  metrics.atRead([waiting, age, givenUp], async () => {
    const row = await db
      .selectFrom('logout_notice')
      .select([(eb) => eb.fn.countAll<number>().as('count'), (eb) => eb.fn.min('due_at').as('due')])
      .executeTakeFirstOrThrow();
    waiting.set({}, Number(row.count));
    age.set({}, row.due ? secondsSince(row.due, clock.nowMs()) : 0);
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from (select from logout_dead limit ${MOST_GIVEN_UP}) given_up`.execute(
      db,
    );
    givenUp.set({}, rows[0]?.count ?? 0);
  });
}
