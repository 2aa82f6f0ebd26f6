import type { AuditEvent } from '../../../platform/audit/audit.ts';
import { type Clock, HOUR_MS } from '../../../platform/clock/clock.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { OutboxState } from '../../../platform/database/tables.ts';
import { maskEmailAddress } from '../../../platform/email-address.ts';
import type { ClientInfo } from '../../../platform/http/client-info.ts';
import { notFound } from '../../../platform/http/http.problems.ts';
import type { Channel } from '../../../platform/messages/retry-plan.ts';
import type { SmsSpending } from '../../../platform/messages/spending/sms-spending.ts';
import { maskPhone } from '../../../platform/phone-number.ts';
import { notPaidFor } from './deliveries.problems.ts';

/** A message that was queued, without what it says. */
export interface Delivery {
  id: string;
  channel: Channel;
  state: OutboxState;
  /** Whom it goes to; of a notice to an app, the device's id. */
  recipient: string;
  attempts: number;
  reason: string | null;
  createdAt: Date;
  sentAt: Date | null;
  receiptAt: Date | null;
  expiresAt: Date;
}

export interface DeliveryFilter {
  channel: Channel | undefined;
  state: OutboxState | undefined;
  since: Date;
  until: Date;
}

export interface HourCount {
  hour: Date;
  channel: Channel;
  state: OutboxState;
  count: number;
}

export interface Deliveries {
  /** The newest first, those before a message where one is named. */
  list(tx: Tx, filter: DeliveryFilter, before: string | undefined, most: number): Promise<Delivery[]>;
  find(tx: Tx, id: string): Promise<Delivery | undefined>;
  countByHour(tx: Tx, since: Date, until: Date): Promise<HourCount[]>;
  /** Puts a message that was given up back into the queue, once; false when it is over or was not given up. */
  retry(tx: Tx, id: string, now: Date): Promise<boolean>;
}

export interface DeliveryPorts {
  deliveries: Deliveries;
  spending: Pick<SmsSpending, 'admit'>;
  clock: Clock;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  audit(tx: Tx, event: AuditEvent): Promise<void>;
}

const PAGE = 50;
const MOST_HOURS = 48;

/** A page of deliveries, the newest first, with the id by which the next one begins. */
export async function listDeliveries(
  { deliveries, single, clock }: DeliveryPorts,
  filter: DeliveryFilter,
  before: string | undefined,
) {
  const found = await single((tx) => deliveries.list(tx, filter, before, PAGE + 1));
  const shown = found.slice(0, PAGE);
  const next = found.length > PAGE ? (shown.at(-1)?.id ?? null) : null;
  return { deliveries: shown.map((one) => deliveryView(one, clock.now())), next };
}

/** @throws notFound */
export async function showDelivery({ deliveries, single, clock }: DeliveryPorts, id: string) {
  const found = await single((tx) => deliveries.find(tx, id));
  if (!found) throw notFound();
  return deliveryView(found, clock.now());
}

/** How many were queued in each hour, by channel and what became of them; two days at most. */
export async function countDeliveries({ deliveries, single, clock }: DeliveryPorts, hours: number) {
  const untilMs = Math.floor(clock.nowMs() / HOUR_MS) * HOUR_MS + HOUR_MS;
  const since = new Date(untilMs - Math.min(hours, MOST_HOURS) * HOUR_MS);
  const counts = await single((tx) => deliveries.countByHour(tx, since, new Date(untilMs)));
  return counts.map(({ hour, ...count }) => ({ hour: hour.toISOString(), ...count }));
}

/**
 * Sends a message again that was given up, while it is worth sending; an SMS is paid for again.
 *
 * @throws notFound when it is over or was not given up, notPaidFor
 */
export async function retryDelivery(
  ports: DeliveryPorts,
  acting: { operatorId: string; client: ClientInfo },
  id: string,
): Promise<void> {
  const { deliveries, spending, clock, single, transaction, audit } = ports;
  const found = await single((tx) => deliveries.find(tx, id));
  if (!found || !isRetriable(found, clock.now())) throw notFound();
  const refusal = found.channel === 'sms' ? await spending.admit(found.recipient) : undefined;
  if (refusal) throw notPaidFor();
  await transaction(async (tx) => {
    if (!(await deliveries.retry(tx, id, clock.now()))) throw notFound();
    await audit(tx, {
      type: 'message-retried',
      accountId: acting.operatorId,
      actor: 'operator',
      at: clock.now(),
      client: acting.client,
      details: { operator: acting.operatorId, message: id, channel: found.channel },
    });
  });
}

const isRetriable = ({ state, expiresAt }: Delivery, now: Date): boolean =>
  state === 'dead' && expiresAt > now;

const deliveryView = (one: Delivery, now: Date) => ({
  id: one.id,
  channel: one.channel,
  state: one.state,
  recipient: masked(one),
  attempts: one.attempts,
  reason: one.reason,
  createdAt: one.createdAt.toISOString(),
  sentAt: one.sentAt?.toISOString() ?? null,
  receiptAt: one.receiptAt?.toISOString() ?? null,
  isRetriable: isRetriable(one, now),
});

function masked({ channel, recipient }: Delivery): string | null {
  if (channel === 'push') return null;
  return channel === 'email' ? maskEmailAddress(recipient) : maskPhone(recipient);
}
