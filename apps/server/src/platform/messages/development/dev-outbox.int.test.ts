import brand from '@sigillo/ui/brand.json' with { type: 'json' };
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../../tests/setup/test-database.ts';
import { DAY_MS, fixedClock } from '../../clock/clock.ts';
import { inTransaction } from '../../database/database.ts';
import type { App } from '../../http/app.ts';
import { buildApp } from '../../http/build-app.ts';
import { newSecret } from '../../ids.ts';
import { keyEncryptionKeyOf } from '../../keyring/kek.ts';
import { loadKeyring } from '../../keyring/keyring.ts';
import { openLog } from '../../log/log.ts';
import { StartRefused } from '../../start-refused.ts';
import { messageDelivery } from '../delivery.ts';
import { type Message, queueMessage } from '../messages.ts';
import { messageRenderer } from '../templates/render-message.ts';
import { developmentTransport } from '../transports.ts';
import { devOutboxRoutes } from './dev-outbox.route.ts';
import type { SentMessage, SentMessagePorts } from './sent-messages.ts';

const issuer = 'http://localhost:8080';
const log = openLog('silent');
const clock = fixedClock(Date.UTC(2026, 5, 1));
const renderer = messageRenderer({ brand, issuer, timeZone: 'Europe/Rome' });
const sms = (to: string): Message => ({
  channel: 'sms',
  template: 'code',
  to,
  language: 'en',
  params: { code: '048213', minutes: '5', action: 'sign-in', service: 'Sigillo' },
});
const email = (to: string): Message => ({
  channel: 'email',
  template: 'support-received',
  to,
  language: 'it',
  params: { reference: 'R-1' },
});

let database: TestDatabase;
let app: App;
let ports: SentMessagePorts;
let send: (message: Message) => Promise<string>;
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const keyring = await loadKeyring(db, keyEncryptionKeyOf(newSecret()), clock.nowMs());
  app = await buildApp({ issuer, acceptLoopback: true, trustedProxies: [], clock, log });
  ports = { db, keyring, renderer, clock };
  devOutboxRoutes(app, { ...ports, profile: 'test' });
  send = async (message) => {
    clock.advance(10);
    const id = await inTransaction(db, (tx) => queueMessage(tx, keyring, clock.nowMs(), message));
    const transports = { email: developmentTransport, sms: developmentTransport };
    const delivery = messageDelivery({
      db,
      keyring,
      clock,
      renderer,
      transports,
      spending: { admit: async () => undefined, sent: () => undefined },
      keepContent: true,
      log,
    });
    await delivery.poll();
    await delivery.close();
    return id;
  };
});
afterAll(async () => {
  await app.close();
  await database[Symbol.asyncDispose]();
});

const get = (url: string) => app.inject({ url, headers: { host: 'localhost:8080' } });
const outbox = async (query: string) => (await get(`/dev/outbox${query}`)).json<SentMessage[]>();
const ids = async (query: string) => (await outbox(query)).map(({ id }) => id);

test('an SMS and an e-mail are listed as their readers see them, newest last', async () => {
  const [first, second] = [await send(sms('+393330000001')), await send(email('one@example.org'))];
  const [text, mail] = await outbox('');
  expect(text).toEqual({
    id: first,
    channel: 'sms',
    to: '+393330000001',
    subject: null,
    text: "048213 is your code to sign in to Sigillo. It works for 5 minutes. Don't give it to anyone.",
    html: null,
    sentAt: new Date(clock.nowMs() - 10).toISOString(),
  });
  expect(mail).toMatchObject({
    id: second,
    channel: 'email',
    subject: 'Abbiamo ricevuto la tua richiesta (R-1)',
  });
  expect(mail?.html).toContain('<!doctype html>');
});

test('the list is narrowed by channel, recipient, id and time', async () => {
  const first = await send(sms('+393330000002'));
  const since = clock.now().toISOString();
  const second = await send(sms('+393330000002'));
  const other = await send(email('Two@Example.org'));
  expect(await ids('?to=%2B393330000002')).toEqual([first, second]);
  expect(await ids('?to=+393330000002'), 'a plus sign as people type it').toEqual([first, second]);
  expect(await ids('?to=two@example.org')).toEqual([other]);
  expect(await ids(`?after=${first}`)).toEqual([second, other]);
  expect(await ids(`?after=${encodeURIComponent(since)}`)).toEqual([second, other]);
  expect(await ids(`?after=${first}&channel=email`)).toEqual([other]);
  expect((await get('/dev/outbox?after=yesterday')).statusCode).toBe(400);
  expect((await get('/dev/outbox?channel=pigeon')).statusCode).toBe(400);
});

test('what was sent before the clock was set back is older than what came after', async () => {
  clock.advance(6 * DAY_MS);
  const before = await send(sms('+393330000003'));
  clock.advance(-6 * DAY_MS);
  const after = await send(sms('+393330000003'));
  expect(await ids('?to=%2B393330000003')).toEqual([before, after]);
  expect(await ids(`?after=${before}&channel=sms`)).toContain(after);
});

test('messages that were not sent, or whose content is gone, are not there', async () => {
  const id = await send(sms('+393330000004'));
  await database.db.updateTable('outbox').set({ content_sealed: null }).where('id', '=', id).execute();
  expect(await ids('?to=%2B393330000004')).toEqual([]);
});

test('an e-mail opens as a page that runs nothing and stands only in ours', async () => {
  const id = await send(email('three@example.org'));
  const { statusCode, headers, body } = await get(`/dev/outbox/${id}/html`);
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'unsafe-inline'; form-action/,
  );
  expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
  expect(body).toContain('R-1');

  const text = await send(sms('+393330000005'));
  expect((await get(`/dev/outbox/${text}/html`)).statusCode).toBe(404);
  expect((await get('/dev/outbox/0195f3a0-0000-7000-8000-000000000001/html')).statusCode).toBe(404);
  expect((await get('/dev/outbox/1/html')).statusCode).toBe(400);
});

test('[WEB-1] the page has no inline code, and every file it names is there', async () => {
  const { body, headers } = await get('/dev');
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  const files = [...body.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path ?? '');
  expect(files.length).toBeGreaterThan(2);
  for (const path of [...files, '/dev/outbox-view.js']) expect((await get(path)).statusCode, path).toBe(200);
});

test('[SUP-1] production refuses it', () => {
  expect(() => devOutboxRoutes(app, { ...ports, profile: 'production' })).toThrow(StartRefused);
});
