import brand from '@sigillo/ui/brand.json' with { type: 'json' };
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { DAY_MS, fixedClock, MINUTE_MS, SECOND_MS } from '../clock/clock.ts';
import { inTransaction } from '../database/database.ts';
import type { OutboxState } from '../database/tables.ts';
import { newSecret } from '../ids.ts';
import { keyEncryptionKeyOf } from '../keyring/kek.ts';
import { type Keyring, loadKeyring } from '../keyring/keyring.ts';
import { openLog } from '../log/log.ts';
import { deadLetters, forgetDeadLetters, retryDeadLetter } from './dead-letters.ts';
import { type Delivery, messageDelivery } from './delivery.ts';
import { type Message, queueMessage } from './messages.ts';
import { statesBefore } from './outbox-states.ts';
import { forgetOldReceipts, messageOf, type ReceiptOutcome, recordReceipt } from './receipts.ts';
import type { Refusal } from './spending/sms-spending.ts';
import { messageRenderer } from './templates/render-message.ts';
import { DeliveryFailed, type SmsTransport } from './transports.ts';

const renderer = messageRenderer({ brand, issuer: 'https://id.example.org', timeZone: 'Europe/Rome' });
const sms: Message = {
  channel: 'sms',
  template: 'code',
  to: '+393331234567',
  language: 'it',
  params: { code: '048213', minutes: '5', action: 'sign-in', service: 'Sigillo' },
  lifetimeSeconds: 300,
};

let database: TestDatabase;
let keyring: Keyring;
const clock = fixedClock(Date.UTC(2026, 5, 1));
const logged: string[] = [];
/** What was asked of those who pay. */
let paid: string[] = [];
let refusal: Refusal | undefined;
beforeAll(async () => {
  database = await testDatabase();
  keyring = await loadKeyring(database.db, keyEncryptionKeyOf(newSecret()), clock.nowMs());
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  [logged.length, paid, refusal] = [0, [], undefined];
  await sql`truncate outbox, outbox_pending, outbox_dead, sms_receipt`.execute(database.db);
});

const queue = (message: Message = sms) =>
  inTransaction(database.db, (tx) => queueMessage(tx, keyring, clock.nowMs(), message));
const row = (id: string) =>
  database.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const receipt = (id: string, outcome: ReceiptOutcome) => recordReceipt(database.db, id, outcome, clock.now());

function deliveryBy(send: SmsTransport['send']): Delivery & { round(): Promise<void> } {
  const delivery = messageDelivery({
    db: database.db,
    keyring,
    clock,
    renderer,
    transports: { sms: { send } },
    spending: {
      admit: async (to) => {
        paid.push(to);
        return refusal;
      },
      sent: () => undefined,
    },
    keepContent: false,
    log: openLog('info', (line) => logged.push(line)),
  });
  // Whatever is being sent has been recorded once nothing is leased any more.
  const round = async () => {
    await delivery.poll();
    await expect
      .poll(async () => {
        const leased = database.db.selectFrom('outbox_pending').where('leased_until', '>', clock.now());
        return (await leased.select('id').execute()).length;
      })
      .toBe(0);
  };
  return { ...delivery, round };
}

const fails = (failure: ConstructorParameters<typeof DeliveryFailed>[1]) => () =>
  Promise.reject(new DeliveryFailed('HTTP 503', failure));

/** One message, sent by the name that a provider gave it. */
async function sentAs(reference: string | undefined): Promise<string> {
  const id = await queue();
  await deliveryBy(async () => reference).round();
  return id;
}

test('queued, sent, delivered: by the name that the provider gave it', async () => {
  const id = await sentAs('smpp:m1');
  expect(await row(id)).toMatchObject({ state: 'sent', receipt_at: null });
  expect(await messageOf(database.db, 'smpp:m1')).toBe(id);
  expect(await messageOf(database.db, 'smpp:m2')).toBeUndefined();
  clock.advance(SECOND_MS);
  expect(await receipt(id, 'delivered')).toBe(true);
  expect(await row(id)).toMatchObject({ state: 'delivered', receipt_at: clock.now() });
  clock.advance(4 * DAY_MS);
  await forgetOldReceipts(database.db, clock.now());
  expect(await messageOf(database.db, 'smpp:m1')).toBeUndefined();
});

test('of receipts that come twice, late, or 16 at once, the first counts', async () => {
  const id = await sentAs(undefined);
  const outcomes = Array.from(
    { length: 16 },
    (_, index) => (index % 2 ? 'delivered' : 'failed') as ReceiptOutcome,
  );
  const first = await Promise.all(outcomes.map((outcome) => receipt(id, outcome)));
  expect(first.filter(Boolean)).toHaveLength(1);
  const { state } = await row(id);
  expect(state).toBe(outcomes[first.indexOf(true)]);
  for (const outcome of ['delivered', 'failed', 'expired'] as const)
    expect(await receipt(id, outcome)).toBe(false);
  expect((await row(id)).state).toBe(state);
});

test('a receipt may come before the sending was recorded, and is not undone by that', async () => {
  const id = await queue();
  await deliveryBy(async () => {
    expect(await receipt(id, 'failed'), 'it may still be tried again').toBe(false);
    expect(await receipt(id, 'delivered')).toBe(true);
    return undefined;
  }).round();
  expect(await row(id)).toMatchObject({ state: 'delivered' });
});

test('only the moves of the table are possible', () => {
  const all: OutboxState[] = ['pending', 'sent', 'delivered', 'failed', 'expired', 'dead'];
  expect(Object.fromEntries(all.map((state) => [state, statesBefore(state)]))).toEqual({
    pending: ['dead'],
    sent: ['pending'],
    delivered: ['pending', 'sent'],
    failed: ['sent'],
    expired: ['pending', 'sent'],
    dead: ['pending'],
  });
});

test('what was given up is listed without a word of it, and sent again by command, once', async () => {
  const id = await queue();
  await deliveryBy(fails({ isFinal: true })).round();
  const [letter] = await deadLetters(database.db);
  expect(letter).toMatchObject({ id, channel: 'sms', reason: 'HTTP 503', attempts: 1 });
  expect(JSON.stringify(letter)).not.toMatch(/048213|3331234567/);

  const tries = Array.from({ length: 8 }, () => retryDeadLetter(database.db, id, clock.now()));
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  const texts: string[] = [];
  await deliveryBy(async ({ text }) => {
    texts.push(text);
    return undefined;
  }).round();
  expect(texts).toEqual([expect.stringContaining('048213')]);
  expect((await row(id)).state).toBe('sent');
  expect(await deadLetters(database.db)).toEqual([]);
});

test('a code whose time is over is forgotten and never sent', async () => {
  const id = await queue();
  await deliveryBy(fails({ isFinal: true })).round();
  expect((await row(id)).content_sealed).not.toBeNull();
  clock.advance(5 * MINUTE_MS);
  expect(await retryDeadLetter(database.db, id, clock.now())).toBe(false);
  await forgetDeadLetters(database.db, clock.now());
  expect(await row(id)).toMatchObject({ state: 'dead', content_sealed: null });
  expect(await deadLetters(database.db), 'that it was given up can still be seen').toHaveLength(1);
  clock.advance(31 * DAY_MS);
  await forgetDeadLetters(database.db, clock.now());
  expect(await deadLetters(database.db)).toEqual([]);
});

test('[RATE-3] an SMS that may have been taken is paid for again before it is sent again', async () => {
  const id = await queue();
  const unclear = deliveryBy(fails({ isFinal: false, isUnclear: true }));
  await unclear.round();
  expect(paid).toEqual([sms.to]);
  expect((await row(id)).state).toBe('pending');
  clock.advance(3 * SECOND_MS);
  refusal = { reason: 'budget', retryAfterSeconds: 60 };
  await unclear.round();
  expect(await row(id)).toMatchObject({ state: 'dead', last_error: 'budget' });

  paid = [];
  await queue();
  await deliveryBy(fails({ isFinal: false })).round();
  expect(paid, 'who refused it has not taken it').toEqual([]);
});

test('a provider that does not take many messages, one by one, is not away', async () => {
  for (let n = 0; n < 20; n++) await queue();
  await deliveryBy(fails({ isFinal: false, isAnswer: true })).round();
  expect(logged.join()).not.toContain('does not answer');
});

test('[AVL-3] while the message provider is away one message is tried now and then; the rest keeps its attempts', async () => {
  for (let n = 0; n < 60; n++) await queue();
  let [isAway, tried] = [true, 0];
  const delivery = deliveryBy(async () => {
    tried += 1;
    if (isAway) throw new DeliveryFailed('ECONNREFUSED', { isFinal: false });
    return undefined;
  });
  await delivery.round();
  expect(logged.filter((line) => line.includes('does not answer'))).toHaveLength(1);
  const atFirst = tried;
  expect(atFirst, 'as many as a lane has at once').toBeLessThan(60);
  for (let seconds = 0; seconds < 60; seconds++) {
    clock.advance(SECOND_MS);
    await delivery.round();
  }
  expect(tried - atFirst, 'a few in a minute').toBeLessThan(8);
  isAway = false;
  for (let seconds = 0; seconds < 60; seconds++) {
    clock.advance(SECOND_MS);
    await delivery.round();
  }
  expect(logged.filter((line) => line.includes('answers again'))).toHaveLength(1);
  const states = await database.db.selectFrom('outbox').select('state').distinct().execute();
  expect(states.map(({ state }) => state)).toEqual(['sent']);
});
