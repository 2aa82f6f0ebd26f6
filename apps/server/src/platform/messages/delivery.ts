import { randomInt } from 'node:crypto';
import { type Clock, SECOND_MS } from '../clock/clock.ts';
import type { Db } from '../database/database.ts';
import { queueWorker } from '../jobs/queue-worker.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { Log } from '../log/log.ts';
import { type Breaker, breaker } from './breaker.ts';
import {
  channelsDue,
  type LeasedMessage,
  leaseDue,
  settleRetry,
  settleSent,
  settleUnsent,
} from './delivery-queue.ts';
import type { PushKind } from './messages.ts';
import type { PushNotifier } from './push-notifier.ts';
import { CHANNELS, type Channel, retryPauseMs } from './retry-plan.ts';
import { openMessage, openRecipient } from './sealed-message.ts';
import type { SmsSpending } from './spending/sms-spending.ts';
import type { MessageRenderer } from './templates/render-message.ts';
import { DeliveryFailed, type EmailTransport, type SmsTransport } from './transports.ts';

export interface DeliveryPorts {
  db: Db;
  keyring: Keyring;
  clock: Clock;
  renderer: MessageRenderer;
  /** A channel without a transport ends its messages as dead. */
  transports: {
    email?: EmailTransport | undefined;
    sms?: SmsTransport | undefined;
    push?: PushNotifier | undefined;
  };
  /** Whether the sealed content stays after a message is over: for `/dev`, never in production. */
  keepContent: boolean;
  /** What SMS may cost, and how many of their codes come back. */
  spending: Pick<SmsSpending, 'admit' | 'sent'>;
  /** Every failure is logged by the message's id, with nothing of what it says or whom it goes to. */
  log: Log;
}

/** Sends what is queued. `poll` is called several times a second; the rest goes on by itself. */
export interface Delivery {
  /** Takes messages that are due and starts sending them; resolves without waiting for the sending. */
  poll(): Promise<void>;
  /** Takes nothing more and waits for what is being sent; the transports and the database close after it. */
  close(): Promise<void>;
}

/** At most so many at once on one node, so long each. Whoever leased a message is done with it by then. */
const LANES: Record<Channel, { capacity: number; sendTimeoutMs: number }> = {
  email: { capacity: 16, sendTimeoutMs: 20 * SECOND_MS },
  sms: { capacity: 32, sendTimeoutMs: 5 * SECOND_MS },
  push: { capacity: 64, sendTimeoutMs: 5 * SECOND_MS },
};

/** Longer than a sending may last: a message leased by a node that crashed waits for so long. */
const LEASE_MS = 30 * SECOND_MS;

/**
 * Delivers the messages of the outbox. Each channel has a lane of its own: a mail server that hangs does not
 * hold up codes by SMS. Any number of nodes may do it at once.
 */
export function messageDelivery(ports: DeliveryPorts): Delivery {
  const lanes = new Map(CHANNELS.map((channel) => [channel, lane(channel, ports)]));
  return {
    poll: async () => {
      const due = await channelsDue(ports.db, ports.clock.now());
      await Promise.all(due.map((channel) => lanes.get(channel)?.fill()));
    },
    close: async () => {
      await Promise.all([...lanes.values()].map((each) => each.close()));
    },
  };
}

function lane(channel: Channel, ports: DeliveryPorts) {
  const { capacity } = LANES[channel];
  const provider = watched(channel, ports);
  let hasMore = false;
  const worker = queueWorker(take, (error) => unrecorded(channel, error, ports));

  async function take(): Promise<void> {
    const limit = provider.allow(capacity - worker.running(), ports.clock.nowMs());
    if (limit === 0) return;
    const leased = await leaseDue(ports.db, { channel, now: ports.clock.now(), limit, leaseMs: LEASE_MS });
    hasMore = leased.length === limit;
    for (const message of leased)
      worker.start(
        () => deliver(message, provider, ports),
        () => hasMore && worker.running() <= capacity / 2,
      );
  }
  return worker;
}

/** The messages concerned are taken again when their lease ends. */
function unrecorded(channel: Channel, err: unknown, { log }: DeliveryPorts): void {
  log.error({ channel, err }, 'delivery could not be recorded');
}

/** Apps are reached by many providers: one that is away says nothing of the others. */
const ALWAYS_THERE: Breaker = {
  allow: (room) => room,
  isAway: () => false,
  answered: () => false,
  failed: () => false,
};

/** The breaker of a lane; what it does is told. */
function watched(channel: Channel, { log }: DeliveryPorts): Breaker {
  const { allow, isAway, answered, failed } = breaker();
  if (channel === 'push') return ALWAYS_THERE;
  return {
    allow,
    isAway,
    answered: () => {
      const wasAway = answered();
      if (wasAway) log.info({ channel }, 'the message provider answers again');
      return wasAway;
    },
    failed: (nowMs) => {
      const isNews = failed(nowMs);
      if (isNews) log.error({ channel }, 'the message provider does not answer: it is tried now and then');
      return isNews;
    },
  };
}

async function deliver(message: LeasedMessage, provider: Breaker, ports: DeliveryPorts): Promise<void> {
  const { db, clock, keepContent } = ports;
  if (message.expires_at <= clock.now())
    return unsent(message, 'expired', message.attempts, 'expired', ports);
  let reference: string | undefined;
  try {
    reference = await send(message, ports);
    provider.answered();
  } catch (error) {
    const isTrial = provider.isAway();
    if (error instanceof DeliveryFailed && error.isAnswer) provider.answered();
    else provider.failed(clock.nowMs());
    return failed(message, error, isTrial, ports);
  }
  await settleSent(db, message, { now: clock.now(), keepContent, reference });
}

async function send(message: LeasedMessage, ports: DeliveryPorts): Promise<string | undefined> {
  const { id, channel, language, recipient_sealed, content_sealed } = message;
  const { keyring, renderer, transports } = ports;
  if (!content_sealed) throw new DeliveryFailed('no content', { isFinal: true });
  const { to, content } = openMessage(keyring, { id, recipient_sealed, content_sealed });
  const signal = AbortSignal.timeout(LANES[channel].sendTimeoutMs);
  const lifetimeSeconds = Math.ceil((message.expires_at.getTime() - ports.clock.nowMs()) / SECOND_MS);

  if (channel === 'email' && transports.email) {
    await transports.email.send({ id, to, language, ...renderer.email(content, language) }, signal);
  } else if (channel === 'sms' && transports.sms) {
    const sms = { id, to, text: renderer.sms(content, language), lifetimeSeconds };
    const reference = await transports.sms.send(sms, signal);
    ports.spending.sent(to, message.created_at.getTime());
    return reference;
  } else if (channel === 'push' && transports.push && message.account_id) {
    const app = { accountId: message.account_id, deviceId: to };
    const kind = content.template as PushKind;
    await transports.push.send({ ...app, kind, lifetimeSeconds }, signal);
  } else {
    throw new DeliveryFailed('no transport', { isFinal: true });
  }
  return undefined;
}

/** @param isTrial the provider was known to be away: that is no attempt of the message */
async function failed(
  message: LeasedMessage,
  error: unknown,
  isTrial: boolean,
  ports: DeliveryPorts,
): Promise<void> {
  const { id, channel, expires_at } = message;
  const failures = isTrial ? Math.max(1, message.attempts) : message.attempts + 1;
  const reason = reasonOf(error);
  const pauseMs = retryPauseMs(channel, failures, randomInt(1_000) / 1_000);
  const isFinal = error instanceof DeliveryFailed && error.isFinal;
  if (isFinal || pauseMs === undefined) return unsent(message, 'dead', failures, reason, ports);

  const dueAt = new Date(ports.clock.nowMs() + pauseMs);
  if (dueAt >= expires_at) return unsent(message, 'expired', failures, reason, ports);
  if (!(await mayPayAgain(message, error, ports))) return unsent(message, 'dead', failures, 'budget', ports);
  await settleRetry(ports.db, message, { dueAt, reason, attempts: isTrial ? message.attempts : failures });
  ports.log.warn({ message: id, channel, reason, failures }, 'message not sent, will be tried again');
}

/** An SMS that may have been taken may be billed: sending it again is paid for again. */
async function mayPayAgain(message: LeasedMessage, error: unknown, ports: DeliveryPorts): Promise<boolean> {
  const isUnclear = !(error instanceof DeliveryFailed) || error.isUnclear;
  if (message.channel !== 'sms' || !isUnclear) return true;
  return (await ports.spending.admit(openRecipient(ports.keyring, message))) === undefined;
}

async function unsent(
  message: LeasedMessage,
  state: 'dead' | 'expired',
  attempts: number,
  reason: string,
  { db, clock, keepContent, log }: DeliveryPorts,
): Promise<void> {
  await settleUnsent(db, { ...message, attempts }, { state, reason, keepContent, now: clock.now() });
  // Nobody has to look into a notice: browsers come and go, and the app looks by itself.
  const level = message.channel === 'push' ? 'info' : 'error';
  log[level]({ message: message.id, channel: message.channel, state, reason, attempts }, 'message given up');
}

/** Only what is known to say nothing of the message: other errors are told by their name. */
function reasonOf(error: unknown): string {
  if (error instanceof DeliveryFailed) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
