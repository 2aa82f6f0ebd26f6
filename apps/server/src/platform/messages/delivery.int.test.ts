import brand from '@sigillo/ui/brand.json' with { type: 'json' };
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts';
import { fixedClock, MINUTE_MS, SECOND_MS } from '../clock/clock.ts';
import { connect, inTransaction } from '../database/database.ts';
import { newSecret } from '../ids.ts';
import { keyEncryptionKeyOf } from '../keyring/kek.ts';
import { type Keyring, loadKeyring } from '../keyring/keyring.ts';
import { openLog } from '../log/log.ts';
import { type DeliveryPorts, messageDelivery } from './delivery.ts';
import { type Message, queueMessage } from './messages.ts';
import { messageRenderer } from './templates/render-message.ts';
import { DeliveryFailed, type EmailTransport, type OutgoingSms, type SmsTransport } from './transports.ts';

const renderer = messageRenderer({ brand, issuer: 'https://id.example.org', timeZone: 'Europe/Rome' });
const sms: Message = {
  channel: 'sms',
  template: 'code',
  to: '+393331234567',
  language: 'it',
  params: { code: '048213', minutes: '5', action: 'sign-in', service: 'Sigillo' },
};
const email: Message = {
  channel: 'email',
  template: 'support-received',
  to: 'anna@example.org',
  language: 'en',
  params: { reference: 'R-1' },
};

let database: TestDatabase;
let keyring: Keyring;
const logged: string[] = [];
const clock = fixedClock(Date.UTC(2026, 5, 1));
beforeAll(async () => {
  database = await testDatabase();
  keyring = await loadKeyring(database.db, keyEncryptionKeyOf(newSecret()), clock.nowMs());
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  logged.length = 0;
  await sql`truncate outbox, outbox_pending`.execute(database.db);
});

/** A provider that takes everything and remembers it. */
function provider(): SmsTransport & { taken: OutgoingSms[] } {
  const taken: OutgoingSms[] = [];
  return {
    taken,
    send: async (message) => {
      taken.push(message);
      return undefined;
    },
  };
}

function failing(reason: string, isFinal = false): EmailTransport & SmsTransport & { attemptsMs: number[] } {
  const attemptsMs: number[] = [];
  return {
    attemptsMs,
    send: async () => {
      attemptsMs.push(clock.nowMs());
      throw new DeliveryFailed(reason, { isFinal });
    },
    close: () => undefined,
  };
}

function deliveryOf(transports: DeliveryPorts['transports'], more: Partial<DeliveryPorts> = {}) {
  return messageDelivery({
    db: database.db,
    keyring,
    clock,
    renderer,
    transports,
    spending: { admit: async () => undefined, sent: () => undefined },
    keepContent: false,
    log: openLog('warn', (line) => logged.push(line)),
    ...more,
  });
}

/** Polls once and waits for what was taken. */
async function deliverOnce(transports: DeliveryPorts['transports'], more: Partial<DeliveryPorts> = {}) {
  const delivery = deliveryOf(transports, more);
  await delivery.poll();
  await delivery.close();
}

const queue = (message: Message) =>
  inTransaction(database.db, (tx) => queueMessage(tx, keyring, clock.nowMs(), message));
const row = (id: string) =>
  database.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const countPending = async () =>
  (await database.db.selectFrom('outbox_pending').select('id').execute()).length;

test('a message is written in its language, sent under its id, and then forgotten', async () => {
  const id = await queue(sms);
  const phone = provider();
  await deliverOnce({ sms: phone });
  expect(phone.taken).toMatchObject([
    {
      id,
      to: '+393331234567',
      text: '048213 è il codice per accedere a Sigillo. Vale 5 minuti. Non darlo a nessuno.',
    },
  ]);
  expect(await row(id)).toMatchObject({
    state: 'sent',
    attempts: 1,
    sent_at: clock.now(),
    content_sealed: null,
  });
  expect(await countPending()).toBe(0);
});

test('in development the content stays, to be read', async () => {
  const id = await queue(sms);
  await deliverOnce({ sms: provider() }, { keepContent: true });
  expect((await row(id)).content_sealed).not.toBeNull();
});

test('[AVL-1] 16 parallel workers send each of 200 messages once', async () => {
  await inTransaction(database.db, async (tx) => {
    for (let n = 0; n < 200; n++) await queueMessage(tx, keyring, clock.nowMs(), sms);
  });
  const phone = provider();
  const workers = Array.from({ length: 16 }, () => deliveryOf({ sms: phone }));
  const pollAll = () => Promise.all(workers.map((worker) => worker.poll()));
  // The first row is held for a moment, so that workers that would wait for it are let go all at once.
  await inTransaction(database.db, async (tx) => {
    await sql`select from outbox_pending order by id limit 1 for update`.execute(tx);
    await Promise.race([pollAll(), sql`select pg_sleep(0.3)`.execute(tx)]);
  });
  while ((await countPending()) > 0) await pollAll();
  await Promise.all(workers.map((worker) => worker.close()));
  expect(phone.taken).toHaveLength(200);
  expect(new Set(phone.taken.map((message) => message.id)).size).toBe(200);
});

test('[AVL-2] after a crash between sending and recording it, the message is sent again under the same id', async () => {
  const id = await queue(sms);
  const crashing = connect(database.address, { poolSize: 2, onError: () => undefined });
  const phone = provider();
  const { promise: everyLaneAsked, resolve: letCrash } = Promise.withResolvers<void>();
  const send: SmsTransport['send'] = async (message, signal) => {
    await phone.send(message, signal);
    await everyLaneAsked;
    await crashing.destroy();
    return undefined;
  };
  const delivery = deliveryOf({ sms: { send } }, { db: crashing });
  await delivery.poll();
  letCrash();
  await delivery.close();
  expect(logged.join()).toContain('delivery could not be recorded');
  expect(await row(id)).toMatchObject({ state: 'pending', attempts: 0 });

  await deliverOnce({ sms: phone });
  expect(phone.taken, 'nobody else takes it while the lease lasts').toHaveLength(1);
  clock.advance(31 * SECOND_MS);
  await deliverOnce({ sms: phone });
  expect(phone.taken.map((message) => message.id)).toEqual([id, id]);
  expect((await row(id)).state).toBe('sent');
});

test('a worker that fails after its lease ended does not give away the message of the next', async () => {
  const id = await queue(sms);
  const [first, second] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const slow = deliveryOf({ sms: { send: () => first.promise } });
  await slow.poll();
  clock.advance(31 * SECOND_MS);
  const next = deliveryOf({ sms: { send: () => second.promise } });
  await next.poll();

  first.reject(new DeliveryFailed('timeout', { isFinal: false }));
  await slow.close();
  clock.advance(10 * SECOND_MS);
  const phone = provider();
  await deliverOnce({ sms: phone });
  expect(phone.taken).toEqual([]);
  second.resolve(undefined);
  await next.close();
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1, last_error: null });
  expect(await countPending()).toBe(0);
});

/** Moves the clock from attempt to attempt until nothing waits. */
async function deliverUntilOver(transports: DeliveryPorts['transports'], stepMs: number) {
  while ((await countPending()) > 0) {
    await deliverOnce(transports);
    clock.advance(stepMs);
  }
}

test('an e-mail is tried eight times within about an hour, ever more rarely, and then given up', async () => {
  const id = await queue(email);
  const server = failing('421');
  await deliverUntilOver({ email: server }, 5 * SECOND_MS);
  const pauses = server.attemptsMs.slice(1).map((ms, index) => ms - (server.attemptsMs[index] ?? 0));
  expect(pauses).toHaveLength(7);
  for (const [index, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(24 * SECOND_MS * 2 ** index);
    expect(pause).toBeLessThanOrEqual(36 * SECOND_MS * 2 ** index + 5 * SECOND_MS);
  }
  const total = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(total).toBeGreaterThan(50 * MINUTE_MS);
  expect(total).toBeLessThan(80 * MINUTE_MS);
  expect(await row(id)).toMatchObject({
    state: 'dead',
    attempts: 8,
    last_error: '421',
  });
});

test('an SMS is tried four times within seconds', async () => {
  const id = await queue(sms);
  const gateway = failing('HTTP 503');
  await deliverUntilOver({ sms: gateway }, SECOND_MS);
  expect(gateway.attemptsMs).toHaveLength(4);
  expect((gateway.attemptsMs.at(-1) ?? 0) - (gateway.attemptsMs[0] ?? 0)).toBeLessThan(20 * SECOND_MS);
  expect(await row(id)).toMatchObject({ state: 'dead', attempts: 4 });
});

test('a message that fails and then succeeds is sent', async () => {
  const id = await queue(sms);
  await deliverOnce({ sms: failing('HTTP 503') });
  expect(await row(id)).toMatchObject({ state: 'pending', attempts: 1, last_error: 'HTTP 503' });
  const phone = provider();
  await deliverOnce({ sms: phone });
  expect(phone.taken, 'not before its pause is over').toEqual([]);
  clock.advance(3 * SECOND_MS);
  await deliverOnce({ sms: phone });
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2, last_error: null });
});

test('nothing is sent after its time', async () => {
  const late = await queue({ ...sms, lifetimeSeconds: 60 });
  clock.advance(MINUTE_MS);
  const phone = provider();
  await deliverOnce({ sms: phone });
  expect(phone.taken).toEqual([]);
  expect(await row(late)).toMatchObject({ state: 'expired', attempts: 0, content_sealed: null });

  const failed = await queue({ ...email, lifetimeSeconds: 20 });
  await deliverOnce({ email: failing('421') });
  expect(await row(failed)).toMatchObject({ state: 'expired', attempts: 1 });
  expect(await countPending()).toBe(0);
});

test('a recipient that does not exist, or a channel without a transport, is not tried again', async () => {
  const [refused, nowhere] = [await queue(email), await queue(sms)];
  await deliverOnce({ email: failing('550', true) });
  expect(await row(refused)).toMatchObject({ state: 'dead', attempts: 1, last_error: '550' });
  expect(await row(nowhere)).toMatchObject({ state: 'dead', last_error: 'no transport' });
});

test('[AUD-3] neither the table nor the log learns what an unknown error says', async () => {
  const id = await queue(sms);
  const leaky = { send: () => Promise.reject(new TypeError('+393331234567 does not want 048213')) };
  await deliverOnce({ sms: leaky });
  expect((await row(id)).last_error).toBe('TypeError');
  expect(logged).toHaveLength(1);
  expect(logged[0]).toContain(id);
  expect(logged[0]).not.toMatch(/3331234567|048213/);
});

test('a mail server that hangs does not hold up a code by SMS', async () => {
  for (let n = 0; n < 40; n++) await queue(email);
  const { promise: gate, resolve: release } = Promise.withResolvers<void>();
  const phone = provider();
  const delivery = deliveryOf({ email: { send: () => gate, close: () => undefined }, sms: phone });
  await delivery.poll();
  await queue(sms);
  await delivery.poll();
  await expect.poll(() => phone.taken.length).toBe(1);
  release();
  await delivery.close();
});

test('a long queue is sent without waiting for the next poll', async () => {
  await inTransaction(database.db, async (tx) => {
    for (let n = 0; n < 150; n++) await queueMessage(tx, keyring, clock.nowMs(), sms);
  });
  const phone = provider();
  const delivery = deliveryOf({ sms: phone });
  await delivery.poll();
  await expect.poll(() => phone.taken.length, { timeout: 10_000 }).toBe(150);
  await delivery.close();
});

test('a closed delivery takes nothing more', async () => {
  const phone = provider();
  const delivery = deliveryOf({ sms: phone });
  await delivery.close();
  await queue(sms);
  await delivery.poll();
  expect(phone.taken).toEqual([]);
});
