import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../setup/command.ts';
import {
  asked,
  type Ceremony,
  type Challenge,
  enterPassword,
  good,
  outcome,
  signIn,
  tryCode,
  tryFinish,
} from '../setup/journeys.ts';
import { addPasskey, enterPasskey } from '../setup/passkeys.ts';
import { type Holder, type PopulatedInstallation, populatedInstallation } from '../setup/populated.ts';
import { SoftPasskey } from '../setup/soft-passkey.ts';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const TOKEN = 'not-a-real-token';

/** A provider with the interface of Twilio, which does as the test says. */
let mood: 'takes' | 'hangs' | 'refuses';
const received: URLSearchParams[] = [];
const provider = createServer(async (request: IncomingMessage, response: ServerResponse) => {
  const form = new URLSearchParams(await text(request));
  const { authorization } = request.headers;
  const isOurs = authorization === `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;
  const isSending = request.url === `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;
  if (!isOurs || !isSending) return response.writeHead(401).end();
  if (mood === 'hangs') return;
  if (mood === 'refuses') return response.writeHead(400).end('{"code": 21211, "message": "Invalid To"}');
  received.push(form);
  return response.writeHead(201).end('{"sid": "SM1", "status": "queued"}');
});

let folder: string;
let settings: Record<string, string>;
let on: PopulatedInstallation;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigillo-messages-'));
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  settings = {
    SIGILLO_SMS_PROVIDER: 'twilio',
    SIGILLO_TWILIO_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}`,
    SIGILLO_TWILIO_ACCOUNT: ACCOUNT,
    SIGILLO_TWILIO_TOKEN: TOKEN,
    SIGILLO_SMS_FROM: 'Sigillo',
  };
  on = await populatedInstallation(1, settings);
});
afterAll(async () => {
  provider.closeAllConnections();
  provider.close();
  await on[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  [mood, received.length] = ['takes', 0];
});

/** A sign-in of which the password is proven, and a code is asked for. */
async function askCode(holder: Holder) {
  const browser = on.browser();
  const ceremony = await enterPassword(browser, holder);
  const path = `/api/ceremonies/${ceremony.id}/challenges`;
  const answer = await browser.post<{ challenge: Challenge }>(path, asked(ceremony, 'sms-code'));
  return { browser, ceremony: { ...ceremony, challenge: good(answer).challenge } as Ceremony };
}

/** The message to a holder, once it is there. */
async function arrived(holder: Holder): Promise<URLSearchParams> {
  const find = () => received.find((form) => form.get('To') === holder.phone);
  await expect.poll(find, { timeout: 45_000 }).toBeDefined();
  return find() ?? new URLSearchParams();
}
const codeIn = (form: URLSearchParams) => /\d{6}/.exec(form.get('Body') ?? '')?.[0] ?? '';

const stateOf = async (id: string) =>
  (await on.database.db.selectFrom('outbox').select('state').where('id', '=', id).executeTakeFirst())?.state;

/** What Twilio tells, signed with a token; without cookies, from another site. */
async function tell(callback: string, fields: Record<string, string>, token = TOKEN): Promise<number> {
  const signed =
    callback +
    Object.keys(fields)
      .sort()
      .map((name) => name + fields[name])
      .join('');
  const response = await fetch(callback.replace(on.server.issuer, on.server.url), {
    method: 'POST',
    headers: { 'x-twilio-signature': createHmac('sha1', token).update(signed).digest('base64') },
    body: new URLSearchParams(fields),
  });
  return response.status;
}

test('a code goes by the gateway, is worth five minutes, and signs in; what became of it is told once, and signed', async () => {
  const holder = await on.holder({ sms: true });
  const { browser, ceremony } = await askCode(holder);
  const form = await arrived(holder);
  expect(form.get('From')).toBe('Sigillo');
  expect(Number(form.get('ValidityPeriod'))).toBeGreaterThan(200);
  expect(Number(form.get('ValidityPeriod'))).toBeLessThanOrEqual(300);
  good(await tryCode(browser, ceremony, 'sms-code', codeIn(form)));
  expect(outcome(await tryFinish(browser, ceremony))).toBe('200');

  const callback = form.get('StatusCallback') ?? '';
  const id = callback.split('/').at(-1) ?? '';
  expect(callback).toBe(`${on.server.issuer}/callbacks/sms/${id}`);
  await expect.poll(() => stateOf(id)).toBe('sent');
  const delivered = { MessageSid: 'SM1', MessageStatus: 'delivered' };
  expect(await tell(callback, delivered, 'another token')).toBe(403);
  expect(await tell(callback.replace(id, crypto.randomUUID()), delivered)).toBe(204);
  expect(await tell(callback, { ...delivered, MessageStatus: 'sending' })).toBe(204);
  expect(await stateOf(id)).toBe('sent');
  expect(await tell(callback, delivered)).toBe(204);
  expect(await stateOf(id)).toBe('delivered');
  expect(await tell(callback, { ...delivered, MessageStatus: 'undelivered' })).toBe(204);
  expect(await stateOf(id)).toBe('delivered');
});

test('[AVL-3] a message provider that hangs holds nobody up: TOTP and passkeys sign in, and the code comes when it is back', async () => {
  const holder = await on.holder({ totp: true, sms: true });
  const device = new SoftPasskey(on.server.issuer);
  await addPasskey(await signIn(on, on.browser(), holder), device);
  mood = 'hangs';
  const startedAt = performance.now();
  const waiting = await askCode(holder);
  await signIn(on, on.browser(), holder);
  const byPasskey = on.browser();
  const { ceremony } = good(await enterPasskey(byPasskey, device));
  expect(outcome(await tryFinish(byPasskey, ceremony))).toBe('200');
  expect(performance.now() - startedAt, 'nobody waited for the provider').toBeLessThan(15_000);
  expect(received).toEqual([]);

  // At least as long as one attempt waits for an answer: it is tried again.
  await expect
    .poll(
      async () => {
        const rows = await on.database.db.selectFrom('outbox').select(['last_error', 'state']).execute();
        return rows.some((row) => row.last_error === 'TimeoutError' && row.state === 'pending');
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  mood = 'takes';
  const code = codeIn(await arrived(holder));
  expect(outcome(await tryCode(waiting.browser, waiting.ceremony, 'sms-code', code))).toBe('200');
});

const sigillo = (...args: string[]) => runCommand(on, { folder, settings }, ['messages', ...args]);

test('by command: what was given up is seen without what it says, sent again; prefixes are opened again', async () => {
  const holder = await on.holder({ sms: true });
  mood = 'refuses';
  const { browser, ceremony } = await askCode(holder);
  const dead = () => on.database.db.selectFrom('outbox_dead').select('id').executeTakeFirst();
  await expect.poll(dead, { timeout: 10_000 }).toBeDefined();
  const { id } = (await dead()) ?? { id: '' };
  const listed = await sigillo('list');
  expect(listed.text).toMatch(new RegExp(`${id}  sms  .* 1 attempts, HTTP 400 21211; may be sent until`));
  expect(listed.text).not.toContain(holder.phone.slice(-5));

  mood = 'takes';
  expect((await sigillo('retry')).text).toContain('1 messages are sent again.');
  const code = codeIn(await arrived(holder));
  expect(outcome(await tryCode(browser, ceremony, 'sms-code', code))).toBe('200');

  const [now, until] = [new Date(on.nowMs()), new Date(on.nowMs() + 3_600_000)];
  await on.database.db
    .insertInto('sms_stopped_prefix')
    .values({ prefix: '+39333', stopped_at: now, until, sent: 100, confirmed: 3, times: 1 })
    .execute();
  expect((await sigillo('spending')).text).toMatch(
    /This hour: 0\.\d\d EUR of 100 EUR.*STOPPED \+39333 until/s,
  );
  expect(await sigillo('reopen', '+39333')).toMatchObject({ code: 0, text: 'SMS go to +39333 again.\n' });
}, 60_000);
